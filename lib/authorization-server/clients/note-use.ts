import { touchClient, touchSecret } from '#db/queries/client-credentials';
import { touchGrant } from '#db/queries/grants';
import { database } from '#lib/kernel/database';
import { exchange } from '../exchange.ts';
import { clientOf } from './registered-client.ts';

const notedEveryMs = 60_000;

type Use = { now: Date; before: Date };

/** At most once a minute; beside the request, which it neither delays nor fails. */
function note(usedAt: string | Date | null, write: (use: Use) => Promise<void>): void {
  const now = new Date();
  const before = new Date(now.getTime() - notedEveryMs);
  if (usedAt !== null && new Date(usedAt) >= before) return;
  write({ now, before }).catch(() => undefined);
}

/** Notes that a client showed one of its secrets. */
export const noteSecretUse = (clientId: string, { id: secretId, usedAt }: { id: string; usedAt: string | null }) =>
  note(usedAt, (use) => touchSecret(database(), { secretId, clientId, ...use }));

/** Notes that a client showed who it is by one of its keys. */
export const noteClientUse = ({ clientId, lastUsedAt }: { clientId: string; lastUsedAt: Date | null }) =>
  note(lastUsedAt, (use) => touchClient(database(), { clientId, ...use }));

/** Notes that a client got a token for a person, and with that its own use, where it showed no secret by which to note it. */
export function noteGrantUse(clientId: string): void {
  const { grant, secretId } = exchange();
  if (grant) note(grant.usedAt, (use) => touchGrant(database(), { id: grant.id, ...use }));
  if (secretId === undefined) noteClientUse(clientOf(clientId));
}
