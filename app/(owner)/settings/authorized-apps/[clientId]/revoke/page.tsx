import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { ConfirmForm } from '#components/confirm-form';
import { Moment } from '#components/moment';
import { Page } from '#components/page';
import { Section } from '#components/section';
import { revoke } from '../../actions.ts';
import { loadGrant } from '../../load.ts';

export const metadata: Metadata = { title: 'Revoke an app’s access' };

export default page(async function RevokeApp({ params }: PageProps<'/settings/authorized-apps/[clientId]/revoke'>) {
  const { grant } = await loadGrant((await params).clientId, '/revoke');
  const { client, liveTokens, lastUsedAt } = grant;
  const back = { href: `/settings/authorized-apps/${grant.clientId}`, label: client.name };
  return (
    <Page title="Revoke an app’s access" back={back}>
      <Section tone="danger" title={`“${client.name}” can no longer use your account`}>
        <p className="mb-4">
          {liveTokens === 0 ? 'It is not connected at the moment.' : 'It is disconnected at once.'}{' '}
          {lastUsedAt ? (
            <>
              It last used its access on <Moment at={lastUsedAt} />.{' '}
            </>
          ) : (
            'It has never used its access. '
          )}
          Data on its own servers is not deleted: ask its publisher. If you use the app again, it asks for access again.
        </p>
        <ConfirmForm action={revoke} fields={{ grantId: grant.id }} yes="Revoke now" no="Keep it" back={back.href} />
      </Section>
    </Page>
  );
});
