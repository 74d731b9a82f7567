import { execFile } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { allowInsecureRequests, discovery } from 'openid-client';
import { describe, expect, test } from 'vitest';
import { signingKeys } from '#db/schema/signing-key';
import { openSigningKeys } from '#lib/signing-keys/index';
import { databaseUrl, db } from '#support/database';
import { origin } from '#support/listening';

const run = promisify(execFile);
const clientele = async (...args: string[]) => {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  return JSON.parse((await run(process.execPath, ['scripts/clientele.ts', ...args], { env })).stdout);
};
const published = async () => (await fetch(`${origin}/oauth/jwks`)).json() as Promise<JSONWebKeySet>;

describe('GET /oauth/jwks', () => {
  test('has one key for each algorithm, created by the first of many requests', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, published));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.keys.map(({ kty, alg, use }) => ({ kty, alg, use }))).toEqual([
      { kty: 'EC', alg: 'ES256', use: 'sig' },
      { kty: 'RSA', alg: 'RS256', use: 'sig' },
    ]);
  });

  test('shows no private half, and the database holds none that can be read', async () => {
    const text = JSON.stringify(await published());
    for (const { privateJwk } of await openSigningKeys(db)) {
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const) {
        const secret = privateJwk[member];
        if (typeof secret !== 'string') continue;
        expect(text).not.toContain(secret);
        expect(JSON.stringify(await db.select().from(signingKeys))).not.toContain(secret);
      }
    }
  });

  test('opens no private half: it is there also where the key is lost under which they are sealed', async () => {
    const before = await published();
    const [{ sealingKeyId = '' } = {}] = await db.select().from(signingKeys);
    await db.update(signingKeys).set({ sealingKeyId: 'lost' });
    try {
      await expect(openSigningKeys(db)).rejects.toThrow('not in the data folder');
      expect(await published()).toEqual(before);
    } finally {
      await db.update(signingKeys).set({ sealingKeyId });
    }
  });

  test('may be read from any origin, and is asked for again each time', async () => {
    const answer = await fetch(`${origin}/oauth/jwks`, { headers: { origin: 'https://app.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-type')).toBe('application/jwk-set+json');
  });

  test('oidcc-server-rotate-keys: after a rotation it has the old keys and the new, and what the old one signed still verifies', async () => {
    const before = await published();
    const [old] = await openSigningKeys(db);
    if (!old) throw new Error('no key');
    const jwt = await new SignJWT({ sub: 'someone' })
      .setProtectedHeader({ alg: old.alg, kid: old.kid })
      .sign(createPrivateKey({ key: { ...old.privateJwk }, format: 'jwk' }));
    const { inForce, retired } = await clientele('keys', 'rotate');
    const after = await published();
    const kids = (set: JSONWebKeySet) => set.keys.map(({ kid }) => kid);
    expect(kids(after).slice(2)).toEqual(kids(before));
    expect(kids(after).slice(0, 2).toSorted()).toEqual(inForce.map(({ kid }: { kid: string }) => kid).toSorted());
    expect(retired.map(({ kid }: { kid: string }) => kid).toSorted()).toEqual(kids(before).toSorted());
    expect((await jwtVerify(jwt, createLocalJWKSet(after))).payload.sub).toBe('someone');
  });

  test('a key goes when nothing that it signed can be valid any more', async () => {
    const { retired } = await clientele('keys', 'rotate');
    const [one] = retired;
    expect(new Date(one.publishedUntil).getTime()).toBeGreaterThan(Date.now() + 3600 * 1000);
    await db
      .update(signingKeys)
      .set({ publishedUntil: new Date(Date.now() - 1) })
      .where(eq(signingKeys.kid, one.kid));
    expect((await published()).keys.map(({ kid }) => kid)).not.toContain(one.kid);
  });
});

describe('discovery', () => {
  test.each(['oidc', 'oauth2'] as const)('openid-client finds it as %s; the issuer is APP_URL', async (algorithm) => {
    const found = await discovery(new URL(origin), 'any', undefined, undefined, {
      algorithm,
      execute: [allowInsecureRequests],
    });
    expect(found.serverMetadata()).toMatchObject({ issuer: origin, jwks_uri: `${origin}/oauth/jwks` });
  });

  const metadata = async () => (await fetch(`${origin}/.well-known/openid-configuration`)).json();

  test('rule A13: every address in it answers; what else it names is tried where that is tested', async () => {
    const addresses = Object.entries(await metadata()).filter(([name]) => /_(?:endpoint|uri)$/.test(name));
    expect(addresses.length).toBeGreaterThanOrEqual(9);
    for (const [name, value] of addresses)
      expect((await fetch(String(value), { method: 'OPTIONS' })).status, name).toBe(204);
  });

  test('rule A13: ID tokens and userinfo are signed by what there are keys for', async () => {
    const { id_token_signing_alg_values_supported: idTokens, userinfo_signing_alg_values_supported: userinfo } =
      await metadata();
    const algs = new Set((await published()).keys.map(({ alg }) => alg));
    expect(new Set(idTokens)).toEqual(algs);
    expect(new Set(userinfo)).toEqual(algs);
  });
});
