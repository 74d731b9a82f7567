import { describe, expect, test } from 'vitest';
import { aPersonsAgent, authorize, aWebApp, callback, pkce } from '#support/authorizing';
import '#support/database';
import { origin } from '#support/listening';
import { aSelfDescribedApp } from '#support/self-described';

process.env.CLIENTELE_REGISTRATION = 'open';
process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

type App = { clientId: string; redirectUri: string };

async function registered(redirectUri: string): Promise<App> {
  const answer = await fetch(`${origin}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Inspector',
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
    }),
  });
  const { client_id: clientId } = await answer.json();
  return { clientId, redirectUri };
}

/** Redeems a code and asks who the person is, as a program in a page at `from` does. */
async function fromPage({ clientId, redirectUri }: App, from: string) {
  const { verifier, challenge } = pkce();
  const asked = {
    scope: 'openid',
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  const code = (await authorize(await aPersonsAgent(), { clientId }, asked)).get('code') ?? '';
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: clientId };
  const token = await fetch(`${origin}/oauth/token`, {
    method: 'POST',
    headers: { origin: from },
    body: new URLSearchParams({ ...form, code_verifier: verifier }),
  });
  const { access_token } = await token.json();
  const told = await fetch(`${origin}/oauth/userinfo`, {
    headers: { origin: from, authorization: `Bearer ${access_token}` },
  });
  return [token, told].map(({ status, headers }) => [status, headers.get('access-control-allow-origin')]);
}

const local = 'http://localhost:6274';

describe('a program in a page that registered itself has no other way to name its origin', () => {
  test.each<[string, () => Promise<App>, string]>([
    ['registered, on this machine', () => registered(`${local}/oauth/callback`), local],
    ['registered, a website', () => registered(callback), 'https://app.example.com'],
    [
      'describes itself',
      async () => ({ clientId: aSelfDescribedApp().clientId, redirectUri: callback }),
      'https://app.example.com',
    ],
  ])('it is answered where its redirect URI is: %s', async (_, anApp, from) => {
    expect(await fromPage(await anApp(), from)).toEqual([
      [200, from],
      [200, from],
    ]);
  });

  test.each([
    ['https://evil.example'],
    ['https://app.example.com.evil.example'],
    ['https://app.example.com:8443'],
    ['http://app.example.com'],
    ['null'],
  ])('and from %s it is not', async (from) => {
    const [token] = await fromPage(await registered(callback), from);
    expect(token).toEqual([400, '*']);
  });

  test('a scheme of its own has no origin', async () => {
    const [token] = await fromPage(await registered('com.example.app:/callback'), 'null');
    expect(token).toEqual([400, '*']);
  });

  test('a client that somebody answers for is answered where they said, and nowhere else', async () => {
    const { clientId } = await aWebApp({ tokenEndpointAuthMethod: 'none', allowedOrigins: ['https://other.example'] });
    const [token] = await fromPage({ clientId, redirectUri: callback }, 'https://app.example.com');
    expect(token).toEqual([400, '*']);
  });
});
