import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Client, KoaContextWithOIDC } from 'oidc-provider';
import { selectGrantOfSubject } from '#db/queries/grants';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { readPublicKeys } from '#lib/signing-keys/index';
import { clientOf, findRegisteredClient } from '../clients/registered-client.ts';
import type { RegisteredClient } from '../exchange.ts';
import { mayAsk, partOf } from './introspection.ts';

const inactive = { active: false };

/**
 * Answers what oidc-provider refuses to: whether a JWT is active (RFC 7662 §2.2), and to revoke one, which is done with when it ends (RFC 7009
 * §2.2). The client has authenticated by then.
 */
export async function answerAboutJwts(ctx: KoaContextWithOIDC): Promise<void> {
  const { body, oidc } = ctx;
  if (!oidc?.client || (body as { error?: string } | undefined)?.error !== 'unsupported_token_type') return;
  ctx.status = 200;
  ctx.body = oidc.route === 'revocation' ? '' : await introspect(oidc.client, String(oidc.params?.token));
}

/**
 * What a client is told of a JWT: the truth of an access token of ours (RFC 9068), for its own client and the API that it is for, while it
 * and all that it stands for last; of anything else that it is not active.
 */
async function introspect(client: Client, token: string): Promise<object> {
  const asking = clientOf(client.clientId);
  const claims = mayAsk(client) ? await verified(token) : undefined;
  if (!claims) return inactive;
  const { aud, scope, client_id: holderId, ...others } = claims;
  const told =
    asking.protocolId === holderId ? { aud, scope } : await partOf(asking, { aud, scope, clientId: holderId });
  const holder = told && (await findRegisteredClient(holderId));
  if (!holder || !(await stands(holder, claims))) return inactive;
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

/** Whether the person may still use the client and allows it what the token carries; a program's own token needs nobody. */
async function stands(
  { clientId, protocolId, organizationId, openToOtherOrganizations }: RegisteredClient,
  { sub, scope, iat }: Claims,
): Promise<boolean> {
  if (sub === protocolId) return true;
  const grant = await selectGrantOfSubject(database(), { subject: sub, clientId, organizationId });
  if (!grant || !(grant.isMember || openToOtherOrganizations)) return false;
  // What was allowed anew since revives nothing.
  const allowedBefore = Math.floor(grant.createdAt.getTime() / 1000) <= iat;
  return allowedBefore && scope.split(' ').every((name) => grant.scopes.includes(name));
}
