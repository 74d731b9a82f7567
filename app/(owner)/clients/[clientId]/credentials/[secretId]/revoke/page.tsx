import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Moment } from '#components/moment';
import { Section } from '#components/section';
import { FormActions } from '#components/stack';
import { forbidden, notFound } from '#lib/kernel/errors';
import { listSecrets } from '#lib/secrets/index';
import { isLastUsable } from '#lib/secrets/rules';
import { ClientFrame } from '../../../client-frame.tsx';
import { loadClient } from '../../../load.ts';
import { RevokeForm } from './form.tsx';

export const metadata: Metadata = { title: 'Revoke a secret' };

export default page(async function Revoke({ params }: PageProps<'/clients/[clientId]/credentials/[secretId]/revoke'>) {
  const { clientId, secretId } = await params;
  const { ctx, client } = await loadClient(clientId, `/credentials/${encodeURIComponent(secretId)}/revoke`);
  if (!client.may.seeSecrets || !client.may.edit)
    throw forbidden('Your role does not let you change the secrets of this app.');
  const secrets = await listSecrets(ctx, clientId);
  const secret = secrets.find(({ id }) => id === secretId);
  if (!secret || secret.revokedAt) throw notFound('Secret');
  const isLast = isLastUsable(secret, secrets);
  const credentials = `/clients/${clientId}/credentials`;
  if (isLast && client.status === 'active')
    return (
      <ClientFrame client={client} title="Revoke a secret">
        <Section title={`“${secret.name}”, ending in ${secret.lastFour}`}>
          <p>This is the last secret that works. Without one the app is locked out, so it cannot be revoked now.</p>
          <p className="mt-2 mb-6">
            Add its successor and put that in place, then revoke this one. To stop the app at once, switch it off.
          </p>
          <FormActions>
            <Link href={credentials} className={buttonClass('secondary')}>
              Add a secret
            </Link>
            <Link href={`/clients/${clientId}/danger`} className={buttonClass('secondary')}>
              Switch the app off
            </Link>
          </FormActions>
        </Section>
      </ClientFrame>
    );
  return (
    <ClientFrame client={client} title="Revoke a secret">
      <Section tone="danger" title={`“${secret.name}”, ending in ${secret.lastFour}`}>
        <p className="mb-4">
          {secret.lastUsedAt ? (
            <>
              It was last used on <Moment at={secret.lastUsedAt} />.{' '}
            </>
          ) : (
            'It has never been used. '
          )}
          Whatever still uses it is refused from the next request on. This cannot be taken back.
        </p>
        {isLast && (
          <p className="mb-4 font-medium">
            It is the last secret that works: the app stays without one until you add another.
          </p>
        )}
        <RevokeForm clientId={clientId} secretId={secretId} />
      </Section>
    </ClientFrame>
  );
});
