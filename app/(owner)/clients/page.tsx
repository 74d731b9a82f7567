import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Empty } from '#components/empty';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { countListedClients, listClients } from '#lib/clients/index';
import { requireContext } from '#lib/portal/session';
import { loadChoices } from './choices.ts';
import { ClientTable } from './client-table.tsx';
import { Filters } from './filters.tsx';
import { FirstApp } from './first-app.tsx';
import { countedAtMost, Pager } from './pager.tsx';
import { isFiltered, readSearch, writeSearch } from './search.ts';

/** Shown after the deletion of an app. */
const DeletedNotice = () => (
  <div role="status" className="mb-6">
    <Notice tone="good">The app was deleted. Its client ID has stopped working.</Notice>
  </div>
);

export const metadata: Metadata = { title: 'Apps' };

export default page(async function Clients({ searchParams }: PageProps<'/clients'>) {
  const search = readSearch(await searchParams);
  const ctx = await requireContext(writeSearch(search, {}));
  const { filter, sort, limit, after, before, problems } = search;
  const [page, total, choices] = await Promise.all([
    listClients(ctx, { filter, sort, limit, after: after?.position, before: before?.position }),
    countListedClients(ctx, filter, countedAtMost + 1),
    loadChoices(ctx),
  ]);
  const none = total === 0 && !isFiltered(search);
  const create = choices.canCreate && (
    <Link href="/clients/new" className={buttonClass()}>
      New app
    </Link>
  );
  return (
    <Page title="Apps" width="wide" actions={none ? undefined : create}>
      {search.sent.deleted && <DeletedNotice />}
      {none ? (
        <FirstApp canCreate={choices.canCreate} />
      ) : (
        <>
          <Filters search={search} choices={choices} />
          {problems.place && <Notice tone="warn">{problems.place}</Notice>}
          {page.items.length > 0 ? (
            <>
              <ClientTable clients={page.items} />
              <Pager search={search} page={page} total={total} />
            </>
          ) : (
            <Empty
              title={total === 0 ? 'No app matches' : 'There is nothing more on this page'}
              action={
                <Link href="/clients" className={buttonClass('secondary')}>
                  Show all apps
                </Link>
              }
            >
              {total === 0 && (
                <p>Every filter must fit at once: take one away, or search for another part of the name.</p>
              )}
            </Empty>
          )}
        </>
      )}
      {choices.selfRegistered && filter.organizationId !== choices.selfRegistered.value && (
        <p className="mt-6">
          <Link href={`/clients?organization=${choices.selfRegistered.value}`} className="link">
            Apps that registered themselves
          </Link>
        </p>
      )}
    </Page>
  );
});
