import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Empty } from '#components/empty';
import { Page } from '#components/page';
import { readCursor, writeCursor } from '#lib/cursors/index';
import { type GrantPosition, listOwnGrants } from '#lib/grants/index';
import { requireContext } from '#lib/portal/session';
import { describeScopes } from '#lib/scopes/index';
import { getProfile } from '#lib/users/index';
import { AppCard } from './app-card.tsx';
import { Done } from './done.tsx';

export const metadata: Metadata = { title: 'Authorized apps' };

const pageSize = 20;
const list = 'the portal’s list of authorized apps';

export default page(async function AuthorizedApps({ searchParams }: PageProps<'/settings/authorized-apps'>) {
  const { after, ended } = await searchParams;
  const ctx = await requireContext('/settings/authorized-apps');
  const { items, next } = await listOwnGrants(ctx, { sort: 'used', limit: pageSize, after: readPosition(after) });
  const [{ email }, scopes] = await Promise.all([
    getProfile(ctx),
    describeScopes(ctx.db, [...new Set(items.flatMap((grant) => grant.scopes))]),
  ]);
  return (
    <Page
      title="Authorized apps"
      lead={
        <>
          Apps that can use the account <bdi>{email}</bdi>. Revoking one ends its access at once.
        </>
      }
    >
      {typeof ended === 'string' && <Done ended={ended}>The app’s access was revoked.</Done>}
      {items.length === 0 && (
        <Empty title={after ? 'No more apps' : 'No authorized apps'}>
          {!after && <p>An app that you allow is listed here, with what it may do and when it was last used.</p>}
        </Empty>
      )}
      <ul className="grid gap-6">
        {items.map((grant) => (
          <li key={grant.id}>
            <AppCard
              grant={grant}
              scopes={scopes.filter(({ name }) => grant.scopes.includes(name))}
              ofSeveral={ctx.actor.memberships.length > 1}
            />
          </li>
        ))}
      </ul>
      <nav aria-label="Pages" className="mt-6 flex flex-wrap gap-3 empty:hidden">
        {after && (
          <Link href="/settings/authorized-apps" className={buttonClass('secondary')}>
            First page
          </Link>
        )}
        {next && (
          <Link
            href={`?after=${writeCursor([next.at.getTime(), next.id], list)}`}
            rel="next"
            className={buttonClass('secondary')}
          >
            More apps
          </Link>
        )}
      </nav>
    </Page>
  );
});

function readPosition(text: string | string[] | undefined): GrantPosition | undefined {
  const place = typeof text === 'string' ? readCursor(text, list) : undefined;
  return place && { at: new Date(Number(place[0])), id: String(place[1]) };
}
