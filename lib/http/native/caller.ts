import type { Operation } from '#lib/dialects/native/index';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import { RegistryError } from '#lib/kernel/errors';
import type { Call } from '../api.ts';
import { challengeOfScope } from '../challenges.ts';
import { findCaller, nameOf, type Speaker } from '../credentials.ts';
import { type ApiLimits, takeFromBudget } from '../limits.ts';
import { fault } from '../problems.ts';

export type Caller = { ctx: Context & { actor: Speaker }; organizationId: string };

const contextOf = (call: Call) => ({
  db: database(),
  channel: 'native' as const,
  requestId: call.var.requestId,
  network: call.var.network,
});

/** Anyone, taken from the budget of their network. */
export async function admitAnyone(call: Call): Promise<Context> {
  await takeFromBudget(call, publicLimits);
  return { ...contextOf(call), actor: { kind: 'anonymous' } };
}

/** Authenticates the call, takes it from its budget, and holds its token's scopes against what the operation needs. */
export async function admit(call: Call, access: Exclude<Operation['access'], 'anyone'>): Promise<Caller> {
  const actor = await findCaller(call);
  await takeFromBudget(call, registryLimits, nameOf(actor));
  if (!actor?.token) throw new RegistryError('unauthenticated', 'Send an API token: Authorization: Bearer <token>.');
  const { scopes, organizationId } = actor.token;
  if (access !== 'any_token' && !access.some((scope) => scopes.includes(scope)))
    throw fault(403, `This token lacks the scope ${access.join(' or ')}.`, {
      'www-authenticate': challengeOfScope(call, access[0] ?? ''),
    });
  return { ctx: { ...contextOf(call), actor }, organizationId };
}

const perMinute = { read: 1200, create: 120, change: 300 };

/** What a person's tokens may do, and what strangers may read. */
const registryLimits: ApiLimits = { name: 'native', perMinute, perSecond: 50, secondsAreOf: 'each network' };
const publicLimits: ApiLimits = {
  name: 'native-public',
  perMinute,
  perSecond: 50,
  secondsAreOf: 'each network',
};
