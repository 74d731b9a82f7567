import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { ConfirmForm } from '#components/confirm-form';
import { Moment } from '#components/moment';
import { Page } from '#components/page';
import { Section } from '#components/section';
import { notFound } from '#lib/kernel/errors';
import { requireContext } from '#lib/portal/session';
import { findToken } from '#lib/tokens/index';
import { revoke } from '../../actions.ts';

export const metadata: Metadata = { title: 'Revoke a token' };

export default page(async function RevokeTokenPage({ params }: PageProps<'/settings/tokens/[tokenId]/revoke'>) {
  const { tokenId } = await params;
  const ctx = await requireContext(`/settings/tokens/${encodeURIComponent(tokenId)}/revoke`);
  const token = await findToken(ctx, tokenId);
  if (!token) throw notFound('Token');
  const own = token.userId === ctx.actor.userId;
  const back = own
    ? { href: '/settings/tokens', label: 'API tokens' }
    : { href: `/settings/organizations/${token.organizationId}`, label: token.organizationName };
  return (
    <Page title="Revoke a token" back={back}>
      <Section tone="danger" title={`“${token.name}”, ending in ${token.lastFour}`}>
        <p className="mb-4">
          {!own && `It belongs to ${token.userName}. `}
          {token.lastUsedAt ? (
            <>
              It was last used on <Moment at={token.lastUsedAt} />.{' '}
            </>
          ) : (
            'It has never been used. '
          )}
          Whatever still uses it is refused from the next request on. This cannot be taken back.
        </p>
        <ConfirmForm action={revoke} fields={{ tokenId: token.id }} yes="Revoke now" no="Keep it" back={back.href} />
      </Section>
    </Page>
  );
});
