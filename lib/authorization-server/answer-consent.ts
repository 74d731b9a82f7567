import { requirePerson } from '../access.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { allowAccess } from '../grants/index.ts';
import { stateOf } from './interaction.ts';
import { answerWaiting, findWaiting, type Waiting } from './waiting.ts';

/** Which request, in which browser. */
export type Asked = { uid: string; cookie: string | undefined };

/** What a person says to the request: the scopes they want of those they may decline, and in which organization the app acts. */
export type Decision = { allow: false } | { allow: true; wanted: readonly string[]; organizationId: string | null };

const over = () =>
  new RegistryError('not_found', 'This request is over. Go back to the app and start again from there.');

/** Goes on for who is signed in now; returns the address. @throws not_found (over, not of this browser, or the person is still to do something) */
export async function continueRequest(ctx: Context, { uid, cookie }: Asked): Promise<string> {
  const { userId, signedInAt } = requirePerson(ctx);
  const waiting = await findWaiting(uid, cookie);
  if (!waiting || stateOf(waiting, requirePerson(ctx)) !== 'continue') throw over();
  const login = { accountId: userId, ts: Math.floor((signedInAt?.getTime() ?? 0) / 1000), amr: ['pwd'] };
  return addressOr(await answerWaiting(uid, cookie, { login }));
}

/** Keeps what the person decided; returns the address at which the browser goes on. @throws not_found, as `continueRequest` */
export async function decideRequest(ctx: Context, { uid, cookie }: Asked, decision: Decision): Promise<string> {
  const waiting = await findWaiting(uid, cookie);
  if (!waiting) throw over();
  if (!decision.allow) {
    const refused = { error: 'access_denied', error_description: 'the person did not allow it' };
    return addressOr(await answerWaiting(uid, cookie, refused));
  }
  // What the page showed is what is decided about: not for another person, and never for one who may not use the app.
  if (stateOf(waiting, requirePerson(ctx)) !== 'ask') throw over();
  await allowAccess(ctx, { ...askedBy(waiting), organizationId: decision.organizationId });
  return addressOr(await answerWaiting(uid, cookie, { consent: {} }));
}

const askedBy = ({ clientId, scopes, claims, resources }: Waiting) => ({
  clientId,
  scopes: [...scopes],
  declined: [],
  claims: [...claims],
  resources,
});

function addressOr(address: string | undefined): string {
  if (address === undefined) throw over();
  return address;
}
