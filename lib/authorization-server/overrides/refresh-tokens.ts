import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader } from 'jose';
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { endArtifacts } from '#db/queries/artifacts';
import { replaceRefreshToken } from '#db/queries/refresh-rotations';
import { everyHash } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { clientOf, countsAsPublic } from '../clients/registered-client.ts';
import { exchange, type RegisteredClient } from '../exchange.ts';

/** Within the grace a replaced token answers so often again. */
const answersMax = 3;
/** The last generation is remembered a little longer than its tokens live. */
const rememberedMs = 60_000;

type Token = InstanceType<Provider['RefreshToken']>;
type Find = (value: string, options?: object) => Promise<Token | undefined>;

/** Rule A7: only public clients get a new refresh token at each use. */
export const rotatesRefreshTokens = ({ oidc }: KoaContextWithOIDC): boolean =>
  countsAsPublic(clientOf(oidc.client?.clientId ?? ''));

/**
 * Decides by one statement whether a refresh token of a public client may be replaced. One that was just replaced answers again within
 * the grace: two tabs or processes share it, or the answer was lost. Any other second use ends all that came of its authorization.
 */
export function addRefreshGrace({ RefreshToken }: Provider): void {
  const find: Find = RefreshToken.find;
  Object.assign(RefreshToken, {
    async find(...asked: Parameters<Find>) {
      const token = await find.apply(RefreshToken, asked);
      const ctx = Provider.ctx;
      // `consume` judges a second use; what is introspected or revoked stays consumed.
      const isRefreshed = ctx?.oidc.route === 'token' && token?.clientId === ctx.oidc.client?.clientId;
      if (token && ctx && isRefreshed && rotatesRefreshTokens(ctx)) Object.assign(token, { consumed: undefined });
      return token;
    },
  });
  Object.assign(RefreshToken.prototype, { consume: replace });
}

async function replace(this: Token): Promise<void> {
  const { jti, grantId = '', rotations = 0, exp = 0, clientId = '' } = this;
  const now = new Date();
  const graceMs = graceSecondsOf(clientOf(clientId), this) * 1000;
  const answered = await replaceRefreshToken(database(), {
    hashes: everyHash(jti),
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
    exchange().refused = { ...repeated, description: `answer ${answered} of ${answersMax} within the grace` };
    return;
  }
  await endArtifacts(database(), { of: 'family', id: grantId });
  throw new errors.InvalidGrant('refresh token already used');
}

const repeated = { endpoint: 'token', reason: 'refresh_repeated', error: '' } as const;

/** None where the client can do better than a retry: it pushes its requests, shows a key, or the token is bound to one. */
function graceSecondsOf(client: RegisteredClient, { jkt }: Token): number {
  const isStrict =
    client.requirePushedAuthorizationRequests ||
    client.dpopBoundAccessTokens ||
    client.tokenEndpointAuthMethod === 'private_key_jwt' ||
    jkt !== undefined;
  return isStrict ? 0 : env().refreshGraceSeconds;
}

/** No secret: a plain hash, the same after the pepper changed. */
const generationOf = (familyId: string, rotations: number): string =>
  createHash('sha256')
    .update(JSON.stringify(['refresh generation', familyId, rotations]))
    .digest('base64url');

/** The proof was judged before. */
async function keyOfProof(): Promise<string | null> {
  const proof = Provider.ctx?.get('dpop');
  const jwk = proof ? decodeProtectedHeader(proof).jwk : undefined;
  return jwk ? calculateJwkThumbprint(jwk) : null;
}
