import { requirePerson, requireTokenScope } from '../access.ts';
import type { Person } from '../actor.ts';
import type { Context } from '../context.ts';
import { isRegistryError, RegistryError } from '../errors.ts';
import { findPublicClient, type PublicClient } from '../public-info/index.ts';
import { registryScopes } from '../resources/rules.ts';
import { describeScopes, type Scope } from '../scopes/index.ts';
import { findSessionPerson } from '../sessions/index.ts';
import { decideWaiting } from './answer-consent.ts';
import { stateOf } from './interaction.ts';
import { mayBeAnswered, resume } from './resume.ts';
import { findWaiting, type Waiting } from './waiting.ts';

export type TokenConsent = { client: PublicClient; redirectUri: string; scopes: Scope[] };

/** Unknown, over, answered and somebody else's are one and the same. */
const unusable = () =>
  new RegistryError('invalid_metadata', 'This consent token is unknown, over, or not yours.', {
    field: 'consent_token',
  });

/**
 * What the request asks for that waits under a consent token, the last part of the consent page's address. Only the person in whose
 * signed-in browser it began may know, through an API token of theirs. Throws `invalid_metadata`.
 */
export async function getTokenConsent(ctx: Context, consentToken: string): Promise<TokenConsent> {
  const { waiting, redirectUri } = await findAsked(ctx, consentToken);
  const client = await findPublicClient(ctx.db, waiting.clientId);
  if (!client) throw unusable();
  return { client, redirectUri, scopes: await describeScopes(ctx.db, waiting.scopes) };
}

/**
 * Allows all that is asked for, or none of it; returns the address at the client, with a code or an error. What a client could do at the
 * registry with it, the token that allows it must be able to do itself. Throws `invalid_metadata`, `forbidden`.
 */
export async function answerTokenConsent(ctx: Context, consentToken: string, allowed: boolean): Promise<string> {
  const { waiting, browser } = await findAsked(ctx, consentToken);
  // What could not be sent to the client is not kept either.
  if (!(await mayBeAnswered(waiting, ctx.network))) throw unusable();
  const { userId, token } = requirePerson(ctx);
  const ofRegistry = registryScopes.filter((scope) => allOf(waiting).includes(scope));
  if (allowed) for (const scope of ofRegistry) requireTokenScope(ctx, scope);
  const decision = allowed
    ? { allow: true as const, wanted: waiting.scopes, organizationId: token?.organizationId ?? null }
    : { allow: false as const };
  await decideWaiting(ctx, { uid: consentToken, claim: { accountId: userId } }, decision).catch((error: unknown) => {
    throw isRegistryError(error) && error.code === 'not_found' ? unusable() : error;
  });
  const address = await resume(waiting, { person: browser, network: ctx.network });
  if (address === undefined) throw unusable();
  return address;
}

const allOf = ({ scopes, resources }: Waiting) => [...scopes, ...Object.values(resources).flat()];

/** The request, if nothing but the person's word is missing, and who is signed in where it began. */
async function findAsked(
  ctx: Context,
  consentToken: string,
): Promise<{ waiting: Waiting; redirectUri: string; browser: Person }> {
  const person = requirePerson(ctx);
  const waiting = await findWaiting(consentToken, { accountId: person.userId });
  const browser = waiting?.sessionId && (await findSessionPerson(ctx.db, waiting.sessionId));
  if (!browser || browser.userId !== person.userId || stateOf(waiting, browser) !== 'ask') throw unusable();
  if (waiting.redirectUri === undefined) throw unusable();
  return { waiting, redirectUri: waiting.redirectUri, browser };
}
