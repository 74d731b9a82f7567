import { allowAccess } from '#lib/grants/index';
import { requirePerson } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { isRegistryError, RegistryError } from '#lib/kernel/errors';
import { stateOf } from '../interaction.ts';
import { answerWaiting, type Claim, findPendingRequest, type PendingRequest } from './pending-request.ts';

/** Which request, in which browser. */
export type Asked = { uid: string; cookie: string | undefined };

/** What a person says to the request: the scopes they want of those they may decline, and in which organization the app acts. */
export type Decision = { allow: false } | { allow: true; wanted: readonly string[]; organizationId: string | null };

const over = () =>
  new RegistryError('not_found', 'This request is over. Go back to the app and start again from there.');

/** Where the browser goes on that comes back from signing in: to the app's request, or to the page that asks. @throws not_found (over, or not of this browser) */
export async function continueRequest(ctx: Context, { uid, cookie }: Asked): Promise<string> {
  const person = ctx.actor.kind === 'person' ? ctx.actor : undefined;
  const waiting = await findPendingRequest(uid, cookie);
  if (!waiting) throw over();
  if (!person || stateOf(waiting, person) !== 'continue') return `/consent/${uid}`;
  const ts = Math.floor((person.signedInAt?.getTime() ?? 0) / 1000);
  // Whatever was said before: the same person goes on with it, and of another it does not count.
  await answerWaiting(ctx.db, waiting, { login: { accountId: person.userId, ts }, by: person.userId });
  return waiting.returnTo;
}

/** Keeps what the person decided; returns the address at which the browser goes on. @throws not_found, as `continueRequest` */
export const decideRequest = (ctx: Context, { uid, cookie }: Asked, decision: Decision): Promise<string> =>
  decideWaiting(ctx, { uid, claim: cookie }, decision);

/** As `decideRequest`, whatever shows that the request is theirs. */
export async function decideWaiting(
  ctx: Context,
  { uid, claim }: { uid: string; claim: Claim },
  decision: Decision,
): Promise<string> {
  const waiting = await findPendingRequest(uid, claim);
  if (waiting && waiting.answer === undefined) {
    const say = (tx: Context) => (decision.allow ? allow(tx, waiting, decision) : refuse(tx, waiting));
    if (await inTransaction(ctx, say).then(() => true, unlessOver)) return waiting.returnTo;
  }
  // Answering twice has no further effect: the same button leads on again, the other one is refused.
  const answered = await findPendingRequest(uid, claim);
  if (answered?.answer !== (decision.allow ? 'allow' : 'cancel')) throw over();
  return answered.returnTo;
}

function unlessOver(error: unknown): false {
  if (isRegistryError(error) && error.code === 'not_found') return false;
  throw error;
}

async function refuse({ db }: Context, waiting: PendingRequest): Promise<void> {
  const refused = { error: 'access_denied', error_description: 'the person did not allow it' };
  if (!(await answerWaiting(db, waiting, refused))) throw over();
}

async function allow(tx: Context, waiting: PendingRequest, { wanted, organizationId }: Decision & { allow: true }) {
  // What the page showed is what is decided about: not for another person, and never for one who may not use the app.
  const person = requirePerson(tx);
  if (stateOf(waiting, person) !== 'ask') throw over();
  const declined = waiting.optionalScopes.filter((name) => !wanted.includes(name));
  await allowAccess(tx, { ...askedBy(waiting, declined), organizationId });
  // Somebody was first: then what is allowed here is not kept.
  if (!(await answerWaiting(tx.db, waiting, { consent: {}, by: person.userId }))) throw over();
}

function askedBy({ clientId, scopes, resources }: PendingRequest, declined: readonly string[]) {
  const wanted = (names: readonly string[]) => names.filter((name) => !declined.includes(name));
  const ofResources = Object.entries(resources).map(([uri, names]) => [uri, wanted(names)]);
  return { clientId, scopes: wanted(scopes), declined, claims: [], resources: Object.fromEntries(ofResources) };
}
