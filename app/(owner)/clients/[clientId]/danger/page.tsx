import { page, pageTitle } from '#app/page-answer';
import { Code } from '#components/code';
import { Moment } from '#components/moment';
import { Section } from '#components/section';
import type { OwnedClient } from '#lib/clients/index';
import { countPeople } from '#lib/grants/index';
import type { Context } from '#lib/kernel/context';
import { forbidden } from '#lib/kernel/errors';
import { listMembers } from '#lib/members/index';
import { listSecrets } from '#lib/secrets/index';
import { stateOf } from '#lib/secrets/rules';
import { ClientFrame } from '../client-frame.tsx';
import { loadClient } from '../load.ts';
import { deleteClient, switchStatus } from './actions.ts';
import { DeleteForm, SwitchForm } from './forms.tsx';

type NumbersProps = { ctx: Context; client: OwnedClient; liveSecrets: number };

/** Says what is deleted together with the app. */
async function Numbers({ ctx, client, liveSecrets }: NumbersProps) {
  const [members, people] = await Promise.all([
    listMembers(ctx, client.organizationId),
    countPeople(ctx, client.clientId),
  ]);
  const creator = members.find(({ userId }) => userId === client.createdBy)?.name ?? 'somebody who is no longer here';
  return (
    <ul className="mb-6 grid list-disc gap-2 pl-5">
      <li>
        {liveSecrets === 0
          ? 'No live secret.'
          : `${liveSecrets} live ${liveSecrets === 1 ? 'secret' : 'secrets'}, refused from then on.`}
      </li>
      <li>{sayPeople(people)}</li>
      <li>
        Created on <Moment at={client.createdAt} date /> by <bdi>{creator}</bdi>.
      </li>
      <li>
        {client.lastUsedAt ? (
          <>
            Last used on <Moment at={client.lastUsedAt} />.
          </>
        ) : (
          'Never used.'
        )}
      </li>
      <li>
        Its client ID <Code>{client.clientId}</Code> stops working at once, and no other app will ever have it.
      </li>
    </ul>
  );
}

function sayPeople({ count, isMore }: { count: number; isMore: boolean }): string {
  if (count === 0) return 'Nobody has allowed it to use their account.';
  if (count === 1) return '1 person allowed it to use their account; that access ends.';
  return `${count}${isMore ? ' or more' : ''} people allowed it to use their accounts; that access ends.`;
}

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
        <Section tone="danger" title="Delete this app" lead="This cannot be undone. The history is kept.">
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
