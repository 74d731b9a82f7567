import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { Page } from '#components/page';
import { redirectSchemes } from '#lib/clients/index';
import { forbidden } from '#lib/kernel/errors';
import { requireContext } from '#lib/portal/session';
import { loadChoices } from '../choices.ts';
import { NewClientForm } from './form.tsx';
import { readPrefill } from './prefill.ts';

export const metadata: Metadata = { title: 'New app' };

export default page(async function NewClient({ searchParams }: PageProps<'/clients/new'>) {
  const params = await searchParams;
  const ctx = await requireContext(`/clients/new?${new URLSearchParams(Object.entries(params).flatMap(pairs))}`);
  const { creatableIn, canCreate } = await loadChoices(ctx);
  if (!canCreate) throw forbidden('Your role lets you look at apps, not register one.');
  return (
    <Page
      title="New app"
      lead="A name and a type are enough. Everything but the environment can be changed later."
      back={{ href: '/clients', label: 'Apps' }}
    >
      <NewClientForm
        prefill={readPrefill(params)}
        organizations={creatableIn}
        submissionId={randomUUID()}
        allowedSchemes={redirectSchemes()}
      />
    </Page>
  );
});

const pairs = ([name, value]: [string, string | string[] | undefined]) =>
  [value].flat().flatMap((text) => (text === undefined ? [] : [[name, text]]));
