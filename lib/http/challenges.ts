import { env } from '#lib/kernel/env';
import { isRegistryPath } from '#lib/resources/rules';
import type { Call } from './api.ts';
import { challengeOfProof, readBound } from './possession.ts';

/** RFC 9728 §3 */
export const metadataPath = '/.well-known/oauth-protected-resource';

/**
 * What a 401 answers (RFC 6750 §3): how to authenticate, and why that failed; `own` is an API's own scheme. Where access tokens are
 * taken it says so of both their schemes, and where it is written which authorization server to ask, of the URL that was called (RFC 9728 §5.1).
 */
export function challengesOf(call: Call, own: string | undefined): string {
  const path = new URL(call.req.url).pathname;
  const bearer = call.req.header('authorization') === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
  const refused = call.get('challenge') ?? own;
  if (!isRegistryPath(path)) return refused ?? bearer;
  const metadata = `resource_metadata="${env().appUrl}${metadataPath}${path}"`;
  const challenges = refused === undefined ? [bearer, challengeOfProof()] : [refused];
  return challenges.map((one) => `${one}${one.includes(' ') ? ',' : ''} ${metadata}`).join(', ');
}

/** RFC 6750 §3.1, in the scheme by which the token came: what it was not allowed. */
export function challengeOfScope(call: Call, scope: string): string {
  if (readBound(call.req.header('authorization')) !== undefined)
    return challengeOfProof({ error: 'insufficient_scope', scope });
  return `Bearer error="insufficient_scope", scope="${scope}"`;
}
