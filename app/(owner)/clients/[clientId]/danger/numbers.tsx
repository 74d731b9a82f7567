import { Code } from '#components/code';
import { Moment } from '#components/moment';
import type { OwnedClient } from '#lib/clients/index';
import type { Context } from '#lib/context';
import { listMembers } from '#lib/members/index';

type NumbersProps = { ctx: Context; client: OwnedClient; liveSecrets: number };

/** What ends with the app, before anybody is asked to type its name. */
export async function Numbers({ ctx, client, liveSecrets }: NumbersProps) {
  const members = await listMembers(ctx, client.organizationId);
  const creator = members.find(({ userId }) => userId === client.createdBy)?.name ?? 'somebody who is no longer here';
  return (
    <ul className="mb-6 grid list-disc gap-2 pl-5">
      <li>
        {liveSecrets === 0
          ? 'No live secret.'
          : `${liveSecrets} live ${liveSecrets === 1 ? 'secret' : 'secrets'}, refused from then on.`}
      </li>
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
