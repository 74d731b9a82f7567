import { page, pageTitle } from '#app/page-answer';
import { Page } from '#components/page';
import { describeScopes } from '#lib/scopes/index';
import { getProfile } from '#lib/users/index';
import { AppCard } from '../app-card.tsx';
import { Done } from '../done.tsx';
import { loadGrant } from '../load.ts';

type Props = PageProps<'/settings/authorized-apps/[clientId]'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { grant } = await loadGrant((await params).clientId);
  return `${grant.client.name} · Authorized apps`;
});

export default page(async function AuthorizedApp({ params, searchParams }: Props) {
  const { ctx, grant } = await loadGrant((await params).clientId);
  const { ended } = await searchParams;
  const [{ email }, scopes] = await Promise.all([getProfile(ctx), describeScopes(ctx.db, grant.scopes)]);
  return (
    <Page
      title="Authorized app"
      lead="What you take back ends at once. The app may ask you again."
      back={{ href: '/settings/authorized-apps', label: 'Authorized apps' }}
    >
      {typeof ended === 'string' && <Done ended={ended}>The app can no longer do that.</Done>}
      <AppCard grant={grant} email={email} scopes={scopes} ofSeveral={ctx.actor.memberships.length > 1} />
    </Page>
  );
});
