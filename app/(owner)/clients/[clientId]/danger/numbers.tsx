import { Code } from '#components/code';
import { Moment } from '#components/moment';
import type { OwnedClient } from '#lib/clients/index';
import type { Context } from '#lib/context';
import { countPeople } from '#lib/grants/index';
import { listMembers } from '#lib/members/index';

type NumbersProps = { ctx: Context; client: OwnedClient; liveSecrets: number };

/** What ends with the app, before anybody is asked to type its name. */
export async function Numbers({ ctx, client, liveSecrets }: NumbersProps) {
  const [members, people] = await Promise.all([listMembers(ctx, client.organizationId), countPeople(ctx, client)]);
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
