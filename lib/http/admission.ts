import type { Provenance } from '#lib/clients/rules';
import { requireTokenScope, roleIn } from '#lib/kernel/access';
import type { TokenScope } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import { RegistryError } from '#lib/kernel/errors';
import { authenticateBearer } from '#lib/tokens/index';
import type { Call } from './api.ts';
import { scopeChallenge } from './challenges.ts';
import { type ApiLimits, takeFromBudget } from './limits.ts';
import { findDpopHolder, type Holder, type Principal, readDpopToken } from './possession.ts';
import { fault } from './problems.ts';

/** A caller with a token, and the organization of that token. */
export type Caller = { ctx: Context & { actor: Principal }; organizationId: string };

/** One requirement for a caller. @throws forbidden, or 403: the caller does not meet it */
type Check = (call: Call, caller: Caller) => void;

type Admission = {
  channel: Provenance;
  limits: ApiLimits;
  /** The token, if the API does not read it from the Authorization header. */
  token?: string | undefined;
  /** The requirements, checked in this order. */
  checks: readonly Check[];
};

/**
 * Admits a call with a token: finds the caller, counts the call in the rate limits, and runs the checks of the API.
 * @throws unauthenticated: no valid token; forbidden, or 403: a check fails; 400: two tokens; 429: a rate limit is reached
 */
export async function admitToken(call: Call, { channel, limits, token, checks }: Admission): Promise<Caller> {
  const holder = await findCaller(call, token);
  const actor = holder?.actor;
  await takeFromBudget(call, limits, idOf(actor));
  if (!actor?.token) throw new RegistryError('unauthenticated', 'Send an API token: Authorization: Bearer <token>.');
  const caller = {
    ctx: contextOf(call, channel, actor, holder?.reauthenticate),
    organizationId: actor.token.organizationId,
  };
  for (const check of checks) check(call, caller);
  return caller;
}

/** Admits a caller without a token, within the rate limit of their network. @throws 429: the limit is reached */
export async function admitAnyone(call: Call, channel: Provenance, limits: ApiLimits): Promise<Context> {
  await takeFromBudget(call, limits);
  return contextOf(call, channel, { kind: 'anonymous' });
}

/** The context of a call for the core. */
export function contextOf<A extends Context['actor']>(
  call: Call,
  channel: Provenance,
  actor: A,
  reauthenticate?: Context['reauthenticate'],
): Context & { actor: A } {
  return {
    db: database(),
    actor,
    reauthenticate,
    channel,
    requestId: call.get('requestId'),
    network: call.get('network'),
  };
}

const denied = () => new RegistryError('forbidden', 'Access denied');

/** The caller is a member of the token's organization. */
export const isMember: Check = (_call, { ctx, organizationId }) => {
  if (!roleIn(ctx.actor, organizationId)) throw denied();
};

/** The caller is not a viewer of the token's organization. */
export const isNoViewer: Check = (_call, { ctx, organizationId }) => {
  if (roleIn(ctx.actor, organizationId) === 'viewer') throw denied();
};

/** The scopes that a vendor's call needs: one scope of each list. A list has the vendors' name of a scope and the registry's own. */
const needs = {
  'clients:read': [['clients:read', 'clients:write']],
  'clients:write': [['clients:write']],
  'grants:read': [['grants:read', 'grants:write']],
  'grants:write': [['grants:write']],
  'read and write': [
    ['read', 'clients:read'],
    ['write', 'clients:write'],
  ],
} as const;

export type Need = keyof typeof needs;

/** The token has the scopes that the call needs. */
export const hasScopes =
  (need: Need): Check =>
  (_call, { ctx }) => {
    for (const anyOf of needs[need]) requireTokenScope(ctx, ...anyOf);
  };

/** The token has one of the scopes; the 403 names the first (RFC 6750 §3.1). */
export const hasOneOf =
  (scopes: readonly TokenScope[]): Check =>
  (call, { ctx }) => {
    if (scopes.some((scope) => ctx.actor.token?.scopes.includes(scope))) return;
    throw fault(403, `This token lacks the scope ${scopes.join(' or ')}.`, {
      'www-authenticate': scopeChallenge(call, scopes[0] ?? ''),
    });
  };

/** RFC 6750 §2.1: the token of an Authorization header; undefined if there is no header or it has another scheme. */
export function readBearer(header: string | undefined): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*) *$/i.exec(header ?? '')?.[1];
}

/**
 * Finds the principal of the call's API token or access token. `token` is the Bearer token, by default that of the Authorization header. A
 * DPoP-bound token in the header needs its proof. Returns undefined if the token is missing, malformed, unknown, expired or revoked.
 * @throws 400: the call has two tokens
 */
export async function findCaller(
  call: Call,
  token = readBearer(call.req.header('authorization')),
): Promise<Holder | undefined> {
  const dpopToken = readDpopToken(call.req.header('authorization'));
  if (dpopToken !== undefined && token) throw fault(400, 'Send the access token once, and in one way only.');
  if (dpopToken !== undefined) return findDpopHolder(call, dpopToken);
  const actor = token === undefined ? undefined : await authenticateBearer(database(), token);
  if (token === undefined || !actor) return undefined;
  return { actor, reauthenticate: (db) => authenticateBearer(db, token, { isRepeat: true }) };
}

/** The id under which the rate limits count a caller. */
const idOf = (principal: Principal | undefined): string | undefined =>
  principal?.kind === 'program' ? principal.clientId : principal?.userId;
