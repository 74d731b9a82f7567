import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import {
  type Admitted,
  admitRegistrant,
  authenticateRegistration,
  type RegistrationHolder,
} from '#lib/registrations/index';
import { contextOf, findCaller, readBearer } from '../admission.ts';
import type { Call } from '../api.ts';
import { type ApiLimits, takeFromBudget } from '../limits.ts';

const limits: ApiLimits = {
  name: 'registration',
  perMinute: { read: 120, create: 30, change: 60 },
  perSecond: 20,
  perSecondOf: 'each network',
};

/** Admits a call that registers a client: checks the rate limit of its network, then the registration policy. */
export async function admit(call: Call): Promise<Omit<Admitted, 'actor'> & { ctx: Context }> {
  await takeFromBudget(call, limits);
  const header = call.req.header('authorization');
  const principal = await findCaller(call);
  const bearer = header === undefined ? undefined : (readBearer(header) ?? '');
  const { actor, ...place } = await admitRegistrant(database(), { principal, bearer });
  return { ...place, ctx: contextOf(call, 'registration', actor) };
}

/** Authenticates the client of the path by its registration access token (RFC 7592 §2). Returns the token too: every answer repeats it. */
export async function admitOwn(
  call: Call,
): Promise<{ ctx: Context; registered: RegistrationHolder; accessToken: string }> {
  await takeFromBudget(call, limits);
  const accessToken = readBearer(call.req.header('authorization'));
  const registered = await authenticateRegistration(database(), call.req.param('id') ?? '', accessToken);
  return { ctx: contextOf(call, 'registration', registered.actor), registered, accessToken: accessToken ?? '' };
}
