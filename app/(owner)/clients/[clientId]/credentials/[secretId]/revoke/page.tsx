import type { Metadata } from 'next';
import { forbidden, notFound } from 'next/navigation';
import { Moment } from '#components/moment';
import { Section } from '#components/section';
import { listSecrets } from '#lib/secrets/index';
import { ClientFrame } from '../../../client-frame.tsx';
import { loadClient } from '../../../load.ts';
import { RevokeForm } from './form.tsx';

export const metadata: Metadata = { title: 'Revoke a secret' };

export default async function Revoke({ params }: PageProps<'/clients/[clientId]/credentials/[secretId]/revoke'>) {
  const { clientId, secretId } = await params;
  const { ctx, client } = await loadClient(clientId, `/credentials/${encodeURIComponent(secretId)}/revoke`);
  if (!client.may.seeSecrets || !client.may.edit) forbidden();
  const secret = (await listSecrets(ctx, clientId)).find(({ id }) => id === secretId);
  if (!secret || secret.revokedAt) notFound();
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
}
