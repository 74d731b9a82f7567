import { env } from '#lib/kernel/env';
import { isRegistryPath } from '#lib/resources/rules';
import type { Call } from './api.ts';
import { dpopChallenge, readDpopToken } from './possession.ts';

/** RFC 9728 §3 */
export const metadataPath = '/.well-known/oauth-protected-resource';

/**
 * The WWW-Authenticate header of a 401 (RFC 6750 §3): how to authenticate, and why authentication failed. `own` is the challenge of an API
 * with its own scheme. At a path that accepts access tokens, the header has a challenge for Bearer and one for DPoP, each with the URL of
 * that path's metadata (RFC 9728 §5.1).
 */
export function challengesOf(call: Call, own: string | undefined): string {
  const path = new URL(call.req.url).pathname;
  const bearer = call.req.header('authorization') === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
  const refused = call.get('challenge') ?? own;
  if (!isRegistryPath(path)) return refused ?? bearer;
  const metadata = `resource_metadata="${env().appUrl}${metadataPath}${path}"`;
  const challenges = refused === undefined ? [bearer, dpopChallenge()] : [refused];
  return challenges.map((one) => `${one}${one.includes(' ') ? ',' : ''} ${metadata}`).join(', ');
}

/** RFC 6750 §3.1: the challenge of a 403, with the missing scope, in the scheme of the request's token. */
export function scopeChallenge(call: Call, scope: string): string {
  if (readDpopToken(call.req.header('authorization')) !== undefined)
    return dpopChallenge({ error: 'insufficient_scope', scope });
  return `Bearer error="insufficient_scope", scope="${scope}"`;
}
