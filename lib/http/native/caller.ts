import type { Context } from '../../context.ts';
import { database } from '../../database.ts';
import type { Operation } from '../../dialects/native/index.ts';
import { RegistryError } from '../../errors.ts';
import type { Call } from '../call.ts';
import { challengeOfScope } from '../challenges.ts';
import { findCaller, nameOf, type Speaker } from '../credentials.ts';
import { takeFromBudget } from '../limits.ts';
import { fault } from '../problems.ts';
import { publicLimits, registryLimits } from './limits.ts';

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
