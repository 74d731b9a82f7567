import { randomUUID } from 'node:crypto';
import { page, pageTitle } from '#app/page-answer';
import { Empty } from '#components/empty';
import { Notice } from '#components/notice';
import { Section } from '#components/section';
import { ShownOnce } from '#components/shown-once';
import { hasSharedSecret, isPublicClient } from '#lib/clients/rules';
import { forbidden } from '#lib/kernel/errors';
import { listSecrets, takeReveal } from '#lib/secrets/index';
import { isUsable } from '#lib/secrets/rules';
import { ClientFrame } from '../client-frame.tsx';
import { loadClient } from '../load.ts';
import { NewSecretForm, RotateForm } from './forms.tsx';
import { SecretTable } from './secret-table.tsx';
import { SecretValue } from './secret-value.tsx';

type RevealedProps = { clientId: string; taken: Awaited<ReturnType<typeof takeReveal>> };

/** The new secret, shown once, or the reason why it cannot be shown. */
function Revealed({ clientId, taken }: RevealedProps) {
  if (taken?.secret.clientId === clientId)
    return <SecretOnce clientId={clientId} name={taken.secret.name} value={taken.value} />;
  return (
    <div className="mb-6">
      <Notice tone="warn">
        The secret has been shown and cannot be shown again. If you did not store it, make another one and revoke it.
      </Notice>
    </div>
  );
}

type SecretOnceProps = { clientId: string; name: string; value: string };

function SecretOnce({ clientId, ...secret }: SecretOnceProps) {
  return (
    <ShownOnce title="Store this secret now" href={`/clients/${clientId}/credentials`}>
      <SecretValue clientId={clientId} {...secret} />
    </ShownOnce>
  );
}

type Props = PageProps<'/clients/[clientId]/credentials'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { client } = await loadClient((await params).clientId, '/credentials');
  return `Secrets of ${client.name}`;
});

export default page(async function Credentials({ params, searchParams }: Props) {
  const { ctx, client } = await loadClient((await params).clientId, '/credentials');
  if (!client.may.seeSecrets) throw forbidden('Your role does not let you see the secrets of this app.');
  const { clientId, name } = client;
  const { reveal } = await searchParams;
  // Read before the list, so that the list contains the shown secret.
  const shown = typeof reveal === 'string' ? await takeReveal(ctx, reveal) : undefined;
  const secrets = await listSecrets(ctx, clientId);
  const usesSecrets = !isPublicClient(client);
  const needsSecret = hasSharedSecret(client) && !client.secretOptional;
  const isLockedOut = needsSecret && !secrets.some((secret) => isUsable(secret));
  return (
    <ClientFrame client={client} title="Secrets">
      {reveal !== undefined && <Revealed clientId={clientId} taken={shown} />}
      {isLockedOut && (
        <div className="mb-6">
          <Notice tone="warn">No secret of this app works: it gets no tokens until you add one.</Notice>
        </div>
      )}
      {secrets.length > 0 && (
        <Section title="All secrets" lead="We store a hash, so a secret cannot be shown again.">
          <SecretTable clientId={clientId} secrets={secrets} mayEdit={client.may.edit} />
        </Section>
      )}
      {!usesSecrets && (
        <Empty title="This app has no secret, and needs none">
          <p>
            It is public: it proves itself by PKCE at each sign-in. To use secrets, change its authentication under
            Settings.
          </p>
        </Empty>
      )}
      {usesSecrets && client.may.edit && (
        <>
          <Section
            title="Rotate"
            lead={`Makes a new secret for ${name}. Existing secrets keep working for the overlap: put the new one in place, then check under “Last used” that the old ones are not used any more.`}
          >
            <RotateForm clientId={clientId} submissionId={randomUUID()} />
          </Section>
          <Section title="Add a secret" lead="For another place that runs the same app. The others stay as they are.">
            <NewSecretForm clientId={clientId} submissionId={randomUUID()} />
          </Section>
        </>
      )}
    </ClientFrame>
  );
});
