import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './free-port.ts';

export type OpenIdProvider = { issuer: string; clientId: string; clientSecret: string; stop: () => Promise<void> };

/**
 * A real OpenID provider on loopback. Who signs in there says what it shall say of them: `ada@example.com` is a verified
 * address, `?ada@example.com` one that it has not verified.
 */
export async function startOpenIdProvider(portalUrl: string): Promise<OpenIdProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const client = { client_id: 'portal', client_secret: 'a-secret-of-the-test-provider' };
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [`${portalUrl}/api/auth/callback/oidc`] }],
    cookies: { keys: ['a key of the test provider'] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, login) => ({
      accountId: login,
      claims: () => ({
        sub: login,
        name: 'Ada of Elsewhere',
        email: login.replace(/^\?/, ''),
        email_verified: !login.startsWith('?'),
      }),
    }),
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    interact(provider, request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { issuer, clientId: client.client_id, clientSecret: client.client_secret, stop };
}

/** One page: who are you? Whoever answers is signed in and has consented. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<form method="post"><label>Who are you? <input name="login"></label><button>Go</button></form>');
    return;
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const accountId = new URLSearchParams(body).get('login') ?? '';
  const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId } });
}
