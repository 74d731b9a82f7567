import type { Provenance } from '#lib/clients/rules';
import { requireTokenScope, roleIn } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import { RegistryError } from '#lib/kernel/errors';
import type { Call } from './api.ts';
import { findCaller, nameOf, type Speaker } from './credentials.ts';
import { type ApiLimits, takeFromBudget } from './limits.ts';

/** Whoever calls with an API token, in the organization of that token. */
export type Caller = { ctx: Context & { actor: Speaker }; organizationId: string };

/** Of each group one scope; `read and write` are both, by the vendors' plain names or by the registry's own. */
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

type Entrance = {
  channel: Provenance;
  limits: ApiLimits;
  need: keyof typeof needs;
  /** For an API that reads it elsewhere than in the Authorization header. */
  token?: string | undefined;
};

/**
 * Authenticates a call by its API token, takes it from its budget, and holds the token's scopes against the need. Every
 * member sees every client of the organization; the verbs decide what a role may change. Throws `unauthenticated`
 * or `forbidden`, and 429 beyond the budget.
 */
export async function enterRegistry(call: Call, { channel, limits, need, token }: Entrance): Promise<Caller> {
  const actor = await findCaller(call, token);
  await takeFromBudget(call, limits, nameOf(actor));
  if (!actor?.token) throw new RegistryError('unauthenticated', 'Send an API token: Authorization: Bearer <token>.');
  const { organizationId } = actor.token;
  const { requestId, network } = call.var;
  const ctx = { db: database(), actor, channel, requestId, network };
  if (!roleIn(actor, organizationId)) throw new RegistryError('forbidden', 'Access denied');
  for (const anyOf of needs[need]) requireTokenScope(ctx, ...anyOf);
  return { ctx, organizationId };
}
