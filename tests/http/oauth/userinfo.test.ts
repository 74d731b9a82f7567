import { eq } from 'drizzle-orm';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { aPersonsAgent, aWebApp, tokensOf, userinfo } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';

const keys = createRemoteJWKSet(new URL(`${origin}/oauth/jwks`));
const agent = await aPersonsAgent({ name: 'Ada Lovelace' });

async function asked(token: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const answer = await fetch(`${origin}/oauth/userinfo`, { headers, ...init });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe('userinfo of a client that registered userinfo_signed_response_alg (OpenID Connect Core §5.3.2)', () => {
  test.each(['RS256', 'ES256'] as const)(
    'is a JWT signed by %s for that client, valid as long as the token',
    async (alg) => {
      const app = await aWebApp({ userinfoSignedResponseAlg: alg });
      const { access_token, expires_in } = await tokensOf(agent, app);
      const byForm = { method: 'POST', headers: {}, body: new URLSearchParams({ access_token }) };
      for (const init of [{}, byForm]) {
        const { status, headers, text } = await asked(access_token, init);
        expect([status, headers.get('content-type')]).toEqual([200, 'application/jwt']);
        expect(headers.get('cache-control')).toBe('no-store');
        const { payload, protectedHeader } = await jwtVerify(text, keys, { issuer: origin, audience: app.clientId });
        expect(protectedHeader).toMatchObject({ alg, kid: expect.any(String) });
        expect(payload).toMatchObject({ sub: agent.person.actor.userId, name: 'Ada Lovelace' });
        expect((payload.exp ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(expires_in);
      }
    },
  );

  test('names the person as the client’s ID tokens do (pairwise), and holds no claim that was not allowed', async () => {
    const app = await aWebApp({ userinfoSignedResponseAlg: 'ES256', subjectType: 'pairwise' });
    const { access_token } = await tokensOf(agent, app, { scope: 'openid email' });
    const { payload } = await jwtVerify((await asked(access_token)).text, keys);
    expect(payload.sub).not.toBe(agent.person.actor.userId);
    expect(Object.keys(payload).sort()).toEqual(['aud', 'email', 'email_verified', 'exp', 'iat', 'iss', 'sub']);
  });

  test('is plain JSON again once it is not registered any more; a refusal always is', async () => {
    const app = await aWebApp({ userinfoSignedResponseAlg: 'RS256' });
    const { access_token } = await tokensOf(agent, app);
    const refused = await userinfo('clt_at_nothing');
    expect([refused.status, refused.headers.get('content-type')]).toEqual([401, 'application/json']);
    await db.update(clients).set({ userinfoSignedResponseAlg: null }).where(eq(clients.clientId, app.clientId));
    const plain = await userinfo(access_token);
    expect([plain.headers.get('content-type'), plain.body.sub]).toEqual([
      'application/json',
      agent.person.actor.userId,
    ]);
  });

  test('can be read by a page of the client', async () => {
    const app = await aWebApp({ userinfoSignedResponseAlg: 'RS256', allowedOrigins: ['https://app.example.com'] });
    const { access_token } = await tokensOf(agent, app);
    const from = { origin: 'https://app.example.com', authorization: `Bearer ${access_token}` };
    const { headers } = await asked(access_token, { headers: from });
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  });

  test('discovery says by what it can be signed', async () => {
    const metadata = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
    expect(metadata.userinfo_signing_alg_values_supported).toEqual(['RS256', 'ES256']);
  });
});

test('without a token tells of both schemes; a token that is wrong is told in its own', async () => {
  const challengeOf = async (headers: Record<string, string>) =>
    (await fetch(`${origin}/oauth/userinfo`, { headers })).headers.get('www-authenticate') ?? '';
  const realm = `realm="${origin}"`;
  expect(await challengeOf({})).toMatch(new RegExp(`^Bearer ${realm}, DPoP ${realm}, algs="`));
  expect(await challengeOf({ authorization: '' })).toMatch(new RegExp(`^Bearer ${realm}, DPoP ${realm}, algs="`));
  expect(await challengeOf({ authorization: 'Bearer x' })).toMatch(/^Bearer [^,]+, error="invalid_token"/);
});
