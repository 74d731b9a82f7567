import type { Db } from '#db/client';
import { selectInitialAccessToken, takeInitialAccessTokenUse } from '#db/queries/initial-access-tokens';
import {
  ensureOrganization,
  insertRegistration,
  selectOrganizationByExternalId,
  selectSameSoftware,
} from '#db/queries/registrations';
import { recordAudit } from '#lib/audit/index';
import { createClient, warningsOf } from '#lib/clients/index';
import { hashCredential, hashesWithEveryPepper, isWellFormedCredential, mintCredential } from '#lib/credentials/index';
import { requireTokenScope } from '#lib/kernel/access';
import type { Actor, Person, Program } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { completeRegistration } from './complete.ts';
import type { Registration, RegistrationRequest } from './registration.ts';
import { judgeSameSoftware } from './rules.ts';

/**
 * Registers a client for a program (RFC 7591). Returns it with its registration access token, whose value is returned only here.
 *
 * @throws forbidden: the actor may not register clients
 * @throws invalid_metadata, invalid_redirect_uri: with every broken rule
 * @throws rate_limited: the hourly limit of the network or the software is used up
 * @throws unauthenticated: the initial access token is used up
 */
export async function registerClient(
  ctx: Context,
  { organizationId, open }: Omit<Admitted, 'actor'>,
  asked: RegistrationRequest,
): Promise<Registration & { accessToken: string }> {
  requireTokenScope(ctx, 'clients:write');
  const { metadata, droppedScopes, replaced, found } = await completeRegistration(ctx.db, asked, { open });
  const accessToken = mintCredential('clt_rat_');
  const { softwareStatement } = asked;
  const { client, secret } = await createClient(ctx, {
    organizationId,
    metadata,
    found,
    alongside: async (tx, { clientId, softwareId, name, redirectUris }) => {
      await takeFromBudgets(tx, softwareId);
      await useInitialAccessToken(tx);
      await insertRegistration(tx.db, { clientId, ...hashCredential(accessToken), open, softwareStatement });
      if (softwareId !== null) await noteSuspicion(tx, { clientId, organizationId, softwareId, name, redirectUris });
    },
  });
  const findings = warningsOf(client);
  return { client, secret: secret?.value, softwareStatement, droppedScopes, replaced, findings, accessToken };
}

/** Counts the registration against the hourly limits. Refused requests are not counted. */
async function takeFromBudgets({ db, network }: Context, softwareId: string | null): Promise<void> {
  const windowSeconds = 3600;
  const message = 'Too many clients were registered in the last hour. Try again later.';
  await requireWithinLimit(db, `registration:network:${network}`, { max: 60, windowSeconds }, message);
  if (softwareId === null) return;
  await requireWithinLimit(db, `registration:software:${softwareId}`, { max: 300, windowSeconds }, message);
}

/** Counts one use of the initial access token, if the request has one. @throws unauthenticated: it has no uses left */
async function useInitialAccessToken({ db, actor }: Context): Promise<void> {
  const id = actor.kind === 'registrant' ? actor.initialAccessTokenId : undefined;
  if (id === undefined || (await takeInitialAccessTokenUse(db, id, new Date()))) return;
  throw new RegistryError('unauthenticated', 'This initial access token has been used up.');
}

/** The organization of self-registered clients. It has no members; operators see it. No other organization has only zeros as its id. */
const selfRegistered = { externalId: '0'.repeat(24), name: 'Self-registered apps' };

/** Returns the id of the organization of self-registered clients, and creates it if it is missing. */
export const selfRegisteredOrganization = (db: Db): Promise<string> => ensureOrganization(db, selfRegistered);

/** Returns the organization of self-registered clients for an operator's session; undefined for others or if it does not exist. */
export async function findSelfRegistered({ db, actor }: Context): Promise<{ id: string; name: string } | undefined> {
  const isOperator = actor.kind === 'person' && actor.isOperator && !actor.token;
  return isOperator ? selectOrganizationByExternalId(db, selfRegistered.externalId) : undefined;
}

/** The actor, the organization of the new client, and whether it is registered without a token (`open`). */
export type Admitted = { actor: Actor; organizationId: string; open: boolean };

/** The credential of a registration request. */
type Credential = {
  /** The actor of an API token or of an access token from our authorization server. */
  principal: Person | Program | undefined;
  /** The bearer token (`undefined`: no Authorization header; `''`: a header without a bearer token). */
  bearer: string | undefined;
};

/**
 * Decides whether a request may register a client, by the configured mode and its credential.
 *
 * @throws forbidden: registration is off
 * @throws unauthenticated: the token is invalid (also in the mode `open`), or a token is required and missing
 */
export async function admitRegistrant(db: Db, { principal, bearer }: Credential): Promise<Admitted> {
  const { registration: mode } = env();
  if (mode === 'off') throw new RegistryError('forbidden', 'Dynamic registration is switched off here.');
  if (principal?.token) return { actor: principal, organizationId: principal.token.organizationId, open: false };
  if (bearer === undefined && mode === 'open') {
    const organizationId = await selfRegisteredOrganization(db);
    return { actor: { kind: 'registrant', organizationId }, organizationId, open: true };
  }
  const admitted = bearer && (await byInitialAccessToken(db, bearer));
  if (admitted) return admitted;
  const message = 'Send an initial access token, an API token or an access token with clients:write.';
  throw new RegistryError('unauthenticated', message);
}

async function byInitialAccessToken(db: Db, bearer: string): Promise<Admitted | undefined> {
  if (!isWellFormedCredential('clt_iat_', bearer)) return undefined;
  const token = await selectInitialAccessToken(db, { hashes: hashesWithEveryPepper(bearer), now: new Date() });
  if (!token) return undefined;
  const { id: initialAccessTokenId, organizationId } = token;
  return { actor: { kind: 'registrant', organizationId, initialAccessTokenId }, organizationId, open: false };
}

type NewRegistration = {
  clientId: string;
  organizationId: string;
  softwareId: string;
  name: string;
  redirectUris: string[];
};

/** Rule M22: if the registration looks like an imitation of another software, writes that to the client's history, for review. */
async function noteSuspicion(ctx: Context, client: NewRegistration): Promise<void> {
  const { clientId, organizationId, softwareId } = client;
  const others = await selectSameSoftware(ctx.db, { softwareId, except: clientId, limit: 20 });
  const [issue] = judgeSameSoftware(client, others);
  if (!issue) return;
  await recordAudit(ctx, {
    action: 'client.suspect',
    organizationId,
    targetType: 'client',
    targetId: clientId,
    after: { rule: issue.rule, softwareId, message: issue.message },
  });
}
