import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import {
  type Admitted,
  admitRegistrant,
  authenticateRegistration,
  type RegistrationHolder,
  requireNotSuspended,
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
  const holder = await findCaller(call);
  const principal = holder?.actor;
  const bearer = header === undefined ? undefined : (readBearer(header) ?? '');
  const { actor, ...place } = await admitRegistrant(database(), { principal, bearer });
  const reauthenticate = actor === principal ? holder?.reauthenticate : undefined;
  return { ...place, ctx: contextOf(call, 'registration', actor, reauthenticate) };
}

/** Authenticates the client of the path by its registration access token (RFC 7592 §2). Returns the token too: every answer repeats it. */
export async function admitOwn(
  call: Call,
): Promise<{ ctx: Context; registered: RegistrationHolder; accessToken: string }> {
  await takeFromBudget(call, limits);
  const accessToken = readBearer(call.req.header('authorization'));
  const authenticate = (db: Context['db']) => authenticateRegistration(db, call.req.param('id') ?? '', accessToken);
  const registered = await authenticate(database());
  const reauthenticate = async (db: Context['db']) => {
    const now = await authenticate(db);
    requireNotSuspended(now);
    return now.actor;
  };
  return {
    ctx: contextOf(call, 'registration', registered.actor, reauthenticate),
    registered,
    accessToken: accessToken ?? '',
  };
}
