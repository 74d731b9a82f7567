import { describe, expect, test } from 'vitest';
import { aPersonsAgent, authorizationUrl, aWebApp, decide, locationOf, pkce, redeem } from '#support/authorizing';

const native = { applicationType: 'native', tokenEndpointAuthMethod: 'none' } as const;

/** Where a person arrives who allows the app that asks to come back to `redirect_uri`. */
async function arrival(registered: string, redirect_uri: string, values: Parameters<typeof aWebApp>[0] = native) {
  const app = await aWebApp({ ...values, redirectUris: [registered] });
  const agent = await aPersonsAgent();
  const { verifier, challenge } = pkce();
  const asked = { redirect_uri, code_challenge: challenge, code_challenge_method: 'S256' };
  const first = await agent.go(authorizationUrl(app, asked));
  const refused = first.headers.get('x-page');
  if (refused !== null) return { refused };
  const page = locationOf(first);
  const end = await decide(agent, page, 'allow');
  const code = new URL(end).searchParams.get('code') ?? '';
  return { end, tokens: await redeem(app, code, { redirect_uri, code_verifier: verifier }) };
}

describe('a native client comes back', () => {
  test.each([
    ['to localhost on the port that was free', 'http://localhost/cb', 'http://localhost:53211/cb'],
    ['to a loopback address on any port', 'http://127.0.0.1:8080/cb', 'http://127.0.0.1:53211/cb'],
    ['to its scheme with a host', 'com.example.app://host/callback', 'com.example.app://host/callback'],
    ['to its scheme with one slash', 'com.example.app:/callback', 'com.example.app:/callback'],
    ['to a well-known scheme', 'goose://oauth/callback', 'goose://oauth/callback'],
  ])('%s', async (_where, registered, asked) => {
    const { end, tokens } = await arrival(registered, asked);
    expect(end).toMatch(new RegExp(`^${asked.replaceAll('.', '\\.')}\\?code=`));
    expect(tokens).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
  });
});

describe('and no other redirect URI', () => {
  test.each([
    [
      'to another port of localhost than the registered one',
      'http://localhost:3000/cb',
      'http://localhost:3001/cb',
      native,
    ],
    ['to another path', 'http://localhost/cb', 'http://localhost:3000/cb/', native],
    ['to another form of the same scheme', 'com.example.app:/cb', 'com.example.app://cb', native],
    [
      'to another port, when it is a web client in development',
      'http://localhost/cb',
      'http://localhost:3000/cb',
      { environment: 'development' } as const,
    ],
  ])('%s', async (_where, registered, asked, values) => {
    const { refused } = await arrival(registered, asked, values);
    expect(refused).toMatch(/^\/refused\//);
  });
});
