import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { Page } from '#components/page';
import { listOrganizations } from '#lib/organizations/index';
import { requireContext } from '#lib/portal/session';
import { NewTokenForm } from './form.tsx';

export const metadata: Metadata = { title: 'New token' };

export default page(async function NewTokenPage() {
  const ctx = await requireContext('/settings/tokens/new');
  const organizations = await listOrganizations(ctx);
  return (
    <Page
      title="New token"
      lead="It can do what its scopes allow, as far as your role in the organization allows it at that moment."
      back={{ href: '/settings/tokens', label: 'API tokens' }}
    >
      <NewTokenForm
        organizations={organizations.map(({ id, name }) => ({ value: id, label: name }))}
        isOperator={ctx.actor.isOperator}
        submissionId={randomUUID()}
      />
    </Page>
  );
});
