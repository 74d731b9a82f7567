import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Adapter, type AdapterPayload } from 'oidc-provider';
import { freePort } from './free-port.ts';

const hour = 3600;

export type OpenIdProvider = { issuer: string; clientId: string; clientSecret: string; stop: () => Promise<void> };

/**
 * A real OpenID provider on loopback. The person types the address that it confirms: `ada@example.com` is verified,
 * `?ada@example.com` is not.
 */
export async function startOpenIdProvider(portalUrl: string): Promise<OpenIdProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const client = { client_id: 'portal', client_secret: 'a-secret-of-the-test-provider' };
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(issuer, {
    adapter: inMemory(),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kty: 'RSA', alg: 'RS256', use: 'sig' }] },
    ttl: { AccessToken: hour, AuthorizationCode: 60, Grant: hour, IdToken: hour, Interaction: hour, Session: hour },
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

/** The provider's storage in memory. Its own default would log a warning. */
function inMemory(): (kind: string) => Adapter {
  const all = new Map<string, AdapterPayload>();
  return (kind) => {
    const named = (id: string) => `${kind} ${id}`;
    const find = async (id: string): Promise<AdapterPayload | undefined> => all.get(named(id));
    return {
      find,
      findByUid: async (uid) => [...all.values()].find((one) => one.uid === uid),
      findByUserCode: async () => undefined,
      upsert: async (id, payload) => void all.set(named(id), payload),
      consume: async (id) => void all.set(named(id), { ...(await find(id)), consumed: Math.floor(Date.now() / 1000) }),
      destroy: async (id) => void all.delete(named(id)),
      revokeByGrantId: async () => undefined,
    };
  };
}

/** A page that asks for the address; the answer is a sign-in with consent. */
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
