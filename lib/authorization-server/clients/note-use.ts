import { touchClient, touchSecret } from '#db/queries/client-credentials';
import { touchGrant } from '#db/queries/grants';
import { database } from '#lib/kernel/database';
import { currentRequest } from '../request-state.ts';
import { clientOf } from './registered-client.ts';

const notedEveryMs = 60_000;

type Use = { now: Date; before: Date };

/** Writes at most once a minute, without delaying the request; a failed write has no effect on it. */
function note(usedAt: string | Date | null, write: (use: Use) => Promise<void>): void {
  const now = new Date();
  const before = new Date(now.getTime() - notedEveryMs);
  if (usedAt !== null && new Date(usedAt) >= before) return;
  write({ now, before }).catch(() => undefined);
}

/** Notes the use of a secret. */
export const noteSecretUse = (clientId: string, { id: secretId, usedAt }: { id: string; usedAt: string | null }) =>
  note(usedAt, (use) => touchSecret(database(), { secretId, clientId, ...use }));

/** Notes the use of a client that authenticated with a key. */
export const noteClientUse = ({ clientId, lastUsedAt }: { clientId: string; lastUsedAt: Date | null }) =>
  note(lastUsedAt, (use) => touchClient(database(), { clientId, ...use }));

/** Notes the use of a person's grant, and of the client if it sent no secret (`noteSecretUse` notes that). */
export function noteGrantUse(clientId: string): void {
  const { grant, secretId } = currentRequest();
  if (grant) note(grant.usedAt, (use) => touchGrant(database(), { id: grant.id, ...use }));
  if (secretId === undefined) noteClientUse(clientOf(clientId));
}
