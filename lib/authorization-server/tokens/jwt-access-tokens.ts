import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Client, KoaContextWithOIDC } from 'oidc-provider';
import { selectGrantOfSubject } from '#db/queries/grants';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { namesNow } from '#lib/scopes/index';
import { readPublicKeys } from '#lib/signing-keys/index';
import { clientOf, findRegisteredClient } from '../clients/registered-client.ts';
import type { RegisteredClient } from '../request-state.ts';
import { canIntrospect, partOf } from './introspection.ts';

const inactive = { active: false };

/**
 * Answers two requests that oidc-provider refuses for a JWT: introspection (RFC 7662 §2.2), and revocation, which has no effect because a JWT
 * is valid until it expires (RFC 7009 §2.2). The client is authenticated.
 */
export async function answerAboutJwts(ctx: KoaContextWithOIDC): Promise<void> {
  const { body, oidc } = ctx;
  if (!oidc?.client || (body as { error?: string } | undefined)?.error !== 'unsupported_token_type') return;
  ctx.status = 200;
  ctx.body = oidc.route === 'revocation' ? '' : await introspect(oidc.client, String(oidc.params?.token));
}

/**
 * The introspection answer for a JWT. It is active if it is a valid access token of this server (RFC 9068), its client and grant still exist,
 * and the caller is its own client or an API in its audience.
 */
async function introspect(client: Client, token: string): Promise<object> {
  const asking = clientOf(client.clientId);
  const claims = canIntrospect(client) ? await verified(token) : undefined;
  if (!claims) return inactive;
  const { aud, scope, client_id: holderId, ...others } = claims;
  const told =
    asking.protocolId === holderId ? { aud, scope } : await partOf(asking, { aud, scope, clientId: holderId });
  const holder = told && (await findRegisteredClient(holderId));
  if (!holder || !(await isStillGranted(holder, claims))) return inactive;
  const tokenType = others.cnf === undefined ? 'Bearer' : 'DPoP';
  return { active: true, ...others, ...told, client_id: holderId, token_type: tokenType };
}

type Claims = JWTPayload & { sub: string; aud: string; iat: number; scope: string; client_id: string };

async function verified(token: string): Promise<Claims | undefined> {
  const keys = createLocalJWKSet({ keys: await readPublicKeys(database()) });
  const terms = { issuer: env().appUrl, typ: 'at+jwt', algorithms: ['ES256'], requiredClaims: ['exp', 'iat', 'jti'] };
  try {
    const { payload } = await jwtVerify(token, keys, terms);
    return isAccessToken(payload) ? payload : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
}

const isAccessToken = (payload: JWTPayload): payload is Claims =>
  [payload.sub, payload.aud, payload.scope, payload.client_id].every((claim) => typeof claim === 'string');

/** Whether the person may still use the client and their grant covers the token's scope; true for a client's own token. */
async function isStillGranted(
  { clientId, protocolId, organizationId, openToOtherOrganizations }: RegisteredClient,
  { sub, scope, iat }: Claims,
): Promise<boolean> {
  if (sub === protocolId) return true;
  const grant = await selectGrantOfSubject(database(), { subject: sub, clientId, organizationId });
  if (!grant || !(grant.isMember || openToOtherOrganizations)) return false;
  // A grant that was revoked and given again does not revive older tokens.
  const allowedBefore = Math.floor(grant.createdAt.getTime() / 1000) <= iat;
  const scopes = await namesNow(database(), scope.split(' '));
  return allowedBefore && scopes.every((name) => grant.scopes.includes(name));
}
