import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { Moment } from '#components/moment';
import { Section } from '#components/section';
import { forbidden, notFound } from '#lib/errors';
import { listSecrets } from '#lib/secrets/index';
import { ClientFrame } from '../../../client-frame.tsx';
import { loadClient } from '../../../load.ts';
import { RevokeForm } from './form.tsx';

export const metadata: Metadata = { title: 'Revoke a secret' };

export default page(async function Revoke({ params }: PageProps<'/clients/[clientId]/credentials/[secretId]/revoke'>) {
  const { clientId, secretId } = await params;
  const { ctx, client } = await loadClient(clientId, `/credentials/${encodeURIComponent(secretId)}/revoke`);
  if (!client.may.seeSecrets || !client.may.edit)
    throw forbidden('Your role does not let you change the secrets of this app.');
  const secret = (await listSecrets(ctx, clientId)).find(({ id }) => id === secretId);
  if (!secret || secret.revokedAt) throw notFound('Secret');
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
        <RevokeForm clientId={clientId} secretId={secretId} />
      </Section>
    </ClientFrame>
  );
});
