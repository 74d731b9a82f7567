import { page, pageTitle } from '#app/page-answer';
import { Section } from '#components/section';
import { forbidden } from '#lib/errors';
import { listSecrets } from '#lib/secrets/index';
import { stateOf } from '#lib/secrets/rules';
import { ClientFrame } from '../client-frame.tsx';
import { loadClient } from '../load.ts';
import { deleteClient, switchStatus } from './actions.ts';
import { DeleteForm } from './delete-form.tsx';
import { Numbers } from './numbers.tsx';
import { SwitchForm } from './switch-form.tsx';

type Props = PageProps<'/clients/[clientId]/danger'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { client } = await loadClient((await params).clientId, '/danger');
  return `Danger zone · ${client.name}`;
});

export default page(async function DangerZone({ params }: Props) {
  const { ctx, client } = await loadClient((await params).clientId, '/danger');
  const { clientId, name, status, may } = client;
  if (!may.edit && !may.remove) throw forbidden('Your role does not let you disable or delete this app.');
  const secrets = may.seeSecrets ? await listSecrets(ctx, clientId) : [];
  const live = secrets.filter((secret) => ['live', 'expiring'].includes(stateOf(secret))).length;
  return (
    <ClientFrame client={client} title="Danger zone">
      {may.edit && (
        <Section
          title={status === 'active' ? 'Switch this app off' : 'Switch this app on'}
          lead={
            status === 'active'
              ? 'Its credentials are refused until somebody switches it on again. Nothing is lost: settings, secrets and history stay.'
              : 'Its credentials work again at once, with the settings and the secrets that it has now.'
          }
        >
          <SwitchForm action={switchStatus.bind(null, clientId)} status={status} />
        </Section>
      )}
      {may.remove ? (
        <Section
          tone="danger"
          title="Delete this app"
          lead="For good: nobody can bring it back. Only its history stays."
        >
          <Numbers ctx={ctx} client={client} liveSecrets={live} />
          <DeleteForm action={deleteClient.bind(null, clientId)} name={name} />
        </Section>
      ) : (
        <Section
          title="Delete this app"
          lead="Whoever created it can delete it, and the organization’s owners and admins."
        />
      )}
    </ClientFrame>
  );
});
