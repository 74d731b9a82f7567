import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader } from 'jose';
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { endArtifacts } from '#db/queries/artifacts';
import { replaceRefreshToken } from '#db/queries/refresh-rotations';
import { hashesWithEveryPepper } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { clientOf, countsAsPublic } from '../clients/registered-client.ts';
import { currentRequest, type RegisteredClient } from '../request-state.ts';

/** How often a replaced token can be used again within the grace period. */
const answersMax = 3;
/** The last generation is remembered this much longer than its tokens live. */
const rememberedMs = 60_000;

type Token = InstanceType<Provider['RefreshToken']>;
type Find = (value: string, options?: object) => Promise<Token | undefined>;

/** Rule A7: only public clients get a new refresh token at each use. */
export const rotatesRefreshTokens = ({ oidc }: KoaContextWithOIDC): boolean =>
  countsAsPublic(clientOf(oidc.client?.clientId ?? ''));

export function addRefreshGrace({ RefreshToken }: Provider, replace: typeof replaceUsed): void {
  const find: Find = RefreshToken.find;
  Object.assign(RefreshToken, {
    async find(...asked: Parameters<Find>) {
      const token = await find.apply(RefreshToken, asked);
      const ctx = Provider.ctx;
      // On a refresh, `consume` judges a second use. For introspection and revocation the token stays consumed.
      const isRefreshed = ctx?.oidc.route === 'token' && token?.clientId === ctx.oidc.client?.clientId;
      if (token && ctx && isRefreshed && rotatesRefreshTokens(ctx)) Object.assign(token, { consumed: undefined });
      return token;
    },
  });
  Object.assign(RefreshToken.prototype, {
    consume(this: Token) {
      return replace(this);
    },
  });
}

/**
 * Decides by one SQL statement whether a refresh token of a public client may be replaced. A token that was just replaced works again within
 * the grace period: two tabs or processes share it, or the answer was lost. Any other second use ends the token's family.
 * @throws invalid_grant: it was used before
 */
export async function replaceUsed(token: Token): Promise<void> {
  const { jti, grantId = '', rotations = 0, exp = 0, clientId = '' } = token;
  const now = new Date();
  const graceMs = graceSecondsOf(clientOf(clientId), token) * 1000;
  const answered = await replaceRefreshToken(database(), {
    hashes: hashesWithEveryPepper(jti),
    familyId: grantId,
    rotations,
    generation: generationOf(grantId, rotations),
    nextGeneration: generationOf(grantId, rotations + 1),
    key: await keyOfProof(),
    now,
    graceBegan: new Date(now.getTime() - graceMs),
    answersMax,
    expiresAt: new Date(exp * 1000 + rememberedMs),
  });
  if (answered === 0) return;
  if (answered !== undefined) {
    currentRequest().refused = { ...repeated, description: `answer ${answered} of ${answersMax} within the grace` };
    return;
  }
  await endArtifacts(database(), { of: 'family', id: grantId });
  throw new errors.InvalidGrant('refresh token already used');
}

const repeated = { endpoint: 'token', reason: 'refresh_repeated', error: '' } as const;

/** The grace period; 0 for clients with stronger protection: pushed requests, a key of their own, or DPoP-bound tokens. */
function graceSecondsOf(client: RegisteredClient, { jkt }: Token): number {
  const isStrict =
    client.requirePushedAuthorizationRequests ||
    client.dpopBoundAccessTokens ||
    client.tokenEndpointAuthMethod === 'private_key_jwt' ||
    jkt !== undefined;
  return isStrict ? 0 : env().refreshGraceSeconds;
}

/** Not a secret: the hash has no pepper and survives a change of it. */
const generationOf = (familyId: string, rotations: number): string =>
  createHash('sha256')
    .update(JSON.stringify(['refresh generation', familyId, rotations]))
    .digest('base64url');

/** The thumbprint of the request's DPoP key, or null. oidc-provider has verified the proof. */
async function keyOfProof(): Promise<string | null> {
  const proof = Provider.ctx?.get('dpop');
  const jwk = proof ? decodeProtectedHeader(proof).jwk : undefined;
  return jwk ? calculateJwkThumbprint(jwk) : null;
}
