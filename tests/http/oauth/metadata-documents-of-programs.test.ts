import { describe, expect, test } from 'vitest';
import { aPersonsAgent, authorize, pkce, redeem, refresh, userinfo } from '#support/authorizing';
import { aSelfDescribedApp } from '#support/self-described';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

type Program = { name: string; document: Record<string, unknown>; at: string; refreshes: boolean };

/** As `aSelfDescribedApp` has a scope and these have none. */
const withoutScope = { scope: undefined };

/** What programs publish of themselves, but for the address; `at`: where one waits for the answer, on a port that was free. */
const programs: Program[] = [
  {
    // The document of claude.ai/oauth/claude-code-client-metadata, as tests of public servers keep it
    name: 'Claude Code',
    document: {
      ...withoutScope,
      client_name: 'Claude Code',
      client_uri: 'https://claude.ai',
      redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    at: 'http://localhost:53123/callback',
    refreshes: true,
  },
  {
    // The document of vscode.dev/oauth/client-metadata.json
    name: 'Visual Studio Code',
    document: {
      ...withoutScope,
      client_name: 'Visual Studio Code',
      client_uri: 'https://vscode.dev/product',
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      response_types: ['code'],
      redirect_uris: ['https://vscode.dev/redirect', 'http://127.0.0.1:33418/', 'http://127.0.0.1/'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    },
    at: 'http://127.0.0.1:50000/',
    refreshes: true,
  },
  {
    // zed-industries/zed, the document that its authors wrote for zed.dev/oauth/client-metadata.json: a scope that is none here
    name: 'Zed',
    document: {
      client_name: 'Zed',
      client_uri: 'https://zed.dev',
      redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: 'mcp:*',
    },
    at: 'http://127.0.0.1:41893/callback',
    refreshes: false,
  },
  {
    // block/goose, crates/goose/src/oauth/mod.rs: the callback for which it names its document
    name: 'Goose',
    document: {
      ...withoutScope,
      client_name: 'goose',
      redirect_uris: ['http://127.0.0.1/oauth_callback', 'http://localhost/oauth_callback'],
      token_endpoint_auth_method: 'none',
    },
    at: 'http://127.0.0.1:36529/oauth_callback',
    refreshes: true,
  },
];

describe.each(programs)('the document of $name', ({ document, at: redirect_uri, refreshes }) => {
  test('is read, a person allows it on the port that it has, and its token works', async () => {
    const app = aSelfDescribedApp(document);
    const { verifier, challenge } = pkce();
    const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
    const arrived = await authorize(await aPersonsAgent(), app, { redirect_uri, scope: 'openid profile', ...proof });
    const code = arrived.get('code') ?? '';
    const { status, body } = await redeem(app, code, { redirect_uri, code_verifier: verifier });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(await userinfo(body.access_token)).toMatchObject({ status: 200, body: { sub: expect.any(String) } });
    expect(typeof body.refresh_token).toBe(refreshes ? 'string' : 'undefined');
    if (refreshes) expect((await refresh(app, body.refresh_token)).status).toBe(200);
  });
});
