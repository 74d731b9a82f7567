import { allowAccess } from '#lib/grants/index';
import { requirePerson } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { isRegistryError, RegistryError } from '#lib/kernel/errors';
import { requestedScopes } from '#lib/scopes/index';
import { stateOf } from '../interaction.ts';
import { findPendingRequest, type PendingRequest, type RequestProof, storeAnswer } from './pending-request.ts';

/** A request in a browser: its id, and the browser's cookies. */
export type BrowserInteraction = { uid: string; cookie: string | undefined };

/** A person's decision: which optional scopes they allow, and the organization in which the grant applies. */
export type Decision = { allow: false } | { allow: true; wanted: readonly string[]; organizationId: string | null };
type Allowed = Decision & { allow: true };

/** A step of an answer. `refuses`: the error with which it ends the transaction, so that nothing of the answer is stored. */
type Step<D extends Decision> = {
  run: (tx: Context, request: PendingRequest, decision: D) => Promise<void>;
  refuses: RegistryError['code'];
};

/**
 * The steps of an answer on the consent page, in one transaction. Before them, `answerInteraction` finds the request by the browser's cookie
 * and checks that it has no answer. After them, the browser continues at the authorization endpoint (`recheckRequest`).
 */
const allowing: readonly Step<Allowed>[] = [
  { run: requireSignedIn, refuses: 'unauthenticated' },
  { run: requireAskedPerson, refuses: 'not_found' },
  { run: storeGrant, refuses: 'invalid_metadata' },
  { run: storeConsent, refuses: 'not_found' },
];
const denying: readonly Step<Decision>[] = [{ run: storeDenial, refuses: 'not_found' }];

const over = () =>
  new RegistryError('not_found', 'This request is over. Go back to the app and start again from there.');

/**
 * Stores a person's decision, once; returns the URL at which the browser continues. A second identical answer has no further effect.
 * @throws not_found: the request has expired, began in another browser, was shown to another person or has the other answer
 * @throws unauthenticated, invalid_metadata: nobody is signed in; no scope is allowed
 */
export async function answerInteraction(
  ctx: Context,
  { uid, proof }: { uid: string; proof: RequestProof },
  decision: Decision,
): Promise<string> {
  const request = await findPendingRequest(uid, proof);
  if (request && request.answer === undefined) {
    const stored = inTransaction(ctx, async (tx) => {
      if (decision.allow) for (const { run } of allowing) await run(tx, request, decision);
      else for (const { run } of denying) await run(tx, request, decision);
    });
    if (await stored.then(() => true, unlessOver)) return request.returnTo;
  }
  const answered = await findPendingRequest(uid, proof);
  if (answered?.answer !== (decision.allow ? 'allow' : 'cancel')) throw over();
  return answered.returnTo;
}

function unlessOver(error: unknown): false {
  if (isRegistryError(error) && error.code === 'not_found') return false;
  throw error;
}

async function requireSignedIn(tx: Context): Promise<void> {
  requirePerson(tx);
}

/** The page named this person's account, and the person may use the app. */
async function requireAskedPerson(tx: Context, request: PendingRequest): Promise<void> {
  if (stateOf(request, requirePerson(tx)) !== 'ask') throw over();
}

async function storeGrant(tx: Context, request: PendingRequest, { wanted, organizationId }: Allowed): Promise<void> {
  const { clientId, scopes, optionalScopes, resources } = request;
  const chosen = await requestedScopes(tx.db, wanted);
  const declined = optionalScopes.filter((name) => !chosen.includes(name));
  const allowed = (names: readonly string[]) => names.filter((name) => !declined.includes(name));
  const ofResources = Object.entries(resources).map(([uri, names]) => [uri, allowed(names)]);
  await allowAccess(tx, {
    clientId,
    organizationId,
    scopes: allowed(scopes),
    declined,
    claims: [],
    resources: Object.fromEntries(ofResources),
  });
}

async function storeConsent(tx: Context, request: PendingRequest): Promise<void> {
  if (!(await storeAnswer(tx.db, request, { consent: {}, by: requirePerson(tx).userId }))) throw over();
}

async function storeDenial({ db }: Context, request: PendingRequest): Promise<void> {
  const denied = { error: 'access_denied', error_description: 'the person did not allow it' };
  if (!(await storeAnswer(db, request, denied))) throw over();
}

/**
 * Continues a request after sign-in; returns the URL of the app's request, or of the consent page.
 * @throws not_found: the request has expired or began in another browser
 */
export async function continueRequest(ctx: Context, { uid, cookie }: BrowserInteraction): Promise<string> {
  const person = ctx.actor.kind === 'person' ? ctx.actor : undefined;
  const request = await findPendingRequest(uid, cookie);
  if (!request) throw over();
  if (!person || stateOf(request, person) !== 'continue') return `/consent/${uid}`;
  const ts = Math.floor((person.signedInAt?.getTime() ?? 0) / 1000);
  // An earlier answer stays if the same person gave it; another person's answer does not count.
  await storeAnswer(ctx.db, request, { login: { accountId: person.userId, ts }, by: person.userId });
  return request.returnTo;
}
