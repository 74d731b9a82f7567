import type { Db } from '#db/client';
import { selectRegistration, updateSoftwareStatement } from '#db/queries/registrations';
import { countLiveSecrets, isLiveSecret } from '#db/queries/secrets';
import { getOwnedClient, isClientId, removeClient, updateClient, warningsOf } from '#lib/clients/index';
import { hasSharedSecret, isInstalled, refusal } from '#lib/clients/rules';
import { hashesWithEveryPepper, issueSecret, isWellFormedCredential } from '#lib/credentials/index';
import type { Context } from '#lib/kernel/context';
import { type Issue, RegistryError } from '#lib/kernel/errors';
import { completeRegistration } from './complete.ts';
import type { Registration, RegistrationHolder, RegistrationRequest } from './registration.ts';

/** Returns the current registration (RFC 7592 §2.1), without its secret. */
export async function getRegistration(
  ctx: Context,
  { actor, softwareStatement }: RegistrationHolder,
): Promise<Registration> {
  const client = await getOwnedClient(ctx, actor.clientId);
  return { client, softwareStatement, droppedScopes: [], replaced: [], findings: warningsOf(client) };
}

/**
 * Replaces the whole registration (RFC 7592 §2.2): omitted members get their default. Fields without a member in this protocol keep
 * their value. A client that now needs a secret gets one.
 *
 * @throws forbidden: the operator has suspended the client; and as `registerClient`
 */
export async function replaceRegistration(
  ctx: Context,
  registered: RegistrationHolder,
  asked: RegistrationRequest & { secret: string | null },
): Promise<Registration> {
  requireNotSuspended(registered);
  const { clientId } = registered.actor;
  const before = await getOwnedClient(ctx, clientId);
  const terms = { open: registered.open, own: before.scopes, installed: isInstalled(before) };
  const { metadata, droppedScopes, replaced, found } = await completeRegistration(ctx.db, asked, terms);
  const { description: _description, allowedOrigins: _origins, environment: _environment, ...wanted } = metadata;
  const { softwareStatement } = asked;
  let secret: string | undefined;
  await updateClient(ctx, clientId, () => wanted, {
    unreadable: [...found, ...(await judgeSecret(ctx, clientId, asked.secret))],
    alongside: async (tx) => {
      await updateSoftwareStatement(tx.db, clientId, softwareStatement);
      if (!hasSharedSecret(wanted) || (await countLiveSecrets(tx.db, clientId, new Date())) > 0) return undefined;
      const issued = await issueSecret(tx, { clientId, name: 'Registered secret' });
      secret = issued.value;
      return { secretId: issued.secret.id };
    },
  });
  const client = await getOwnedClient(ctx, clientId);
  return { client, softwareStatement, secret, droppedScopes, replaced, findings: warningsOf(client) };
}

/** Deletes the client with its secrets and its registration access token (RFC 7592 §2.3). @throws forbidden: the operator has suspended the client */
export async function removeRegistration(ctx: Context, registered: RegistrationHolder): Promise<void> {
  requireNotSuspended(registered);
  await removeClient(ctx, registered.actor.clientId);
}

/** @throws forbidden: the operator has suspended the client */
export function requireNotSuspended({ suspended }: RegistrationHolder): void {
  if (suspended) throw new RegistryError('forbidden', 'The operator has suspended this client.');
}

/** Rule P6: a client cannot choose its secret. A secret in the request must be one that the client already has. */
async function judgeSecret(ctx: Context, clientId: string, secret: string | null): Promise<Issue[]> {
  if (secret === null) return [];
  const own =
    isWellFormedCredential('clt_cs_', secret) &&
    (await isLiveSecret(ctx.db, { clientId, hashes: hashesWithEveryPepper(secret), now: new Date() }));
  return own ? [] : [refusal('clientSecret', 'P6', 'Leave it out: it is not a secret of this client.')];
}

/**
 * Authenticates a registration access token at the client's configuration endpoint (rules P4, P7).
 *
 * @throws unauthenticated: the token is invalid or belongs to another client, or the client does not exist any more
 */
export async function authenticateRegistration(
  db: Db,
  clientId: string,
  bearer: string | undefined,
): Promise<RegistrationHolder> {
  const found =
    bearer !== undefined && isClientId(clientId) && isWellFormedCredential('clt_rat_', bearer)
      ? await selectRegistration(db, { clientId, hashes: hashesWithEveryPepper(bearer) })
      : undefined;
  if (!found)
    throw new RegistryError('unauthenticated', 'Send the registration access token of this client as a Bearer token.');
  const { organizationId, status, open, softwareStatement } = found;
  const actor = { kind: 'client', clientId: found.clientId, organizationId } as const;
  return { actor, open, suspended: status === 'suspended', softwareStatement };
}
