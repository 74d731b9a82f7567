import { type Configuration, Provider } from 'oidc-provider';
import { mintCredential } from '../credentials/index.ts';
import { env } from '../env.ts';
import { keys } from '../keys.ts';
import type { SigningKey } from '../signing-keys/index.ts';
import { artifactsOf } from './adapter.ts';
import { requireOwnAssertion } from './client-assertion.ts';
import { registry } from './client-view.ts';
import { isSecretOf } from './compare-secret.ts';
import { exchange } from './exchange.ts';
import { isFirstUse } from './first-use.ts';
import { grantedScope } from './granted-scope.ts';
import { clockToleranceSeconds, proofAlgorithms } from './proof-algorithms.ts';
import { authMethods, clientOf } from './registered-client.ts';
import { accessLifetime, mayIntrospect, resourceIndicators } from './resource-indicators.ts';
import { tokenKinds, tokenPrefixes } from './token-value.ts';

const configurationOf = (signingKeys: readonly SigningKey[]): Configuration => ({
  adapter: (kind) => (kind === 'Client' ? registry() : artifactsOf(kind)),
  jwks: { keys: signingKeys.map(({ privateJwk }) => ({ ...privateJwk, kty: privateJwk.kty ?? '' })) },
  cookies: { keys: [keys().session] },
  routes: { token: '/oauth/token', revocation: '/oauth/revoke', introspection: '/oauth/introspect' },
  responseTypes: [],
  scopes: ['openid'],
  clientAuthMethods: [...authMethods],
  clockTolerance: clockToleranceSeconds,
  enabledJWA: { clientAuthSigningAlgValues: proofAlgorithms },
  assertJwtClientAuthClaimsAndHeader: requireOwnAssertion,
  clientBasedCORS: (_ctx, origin, { clientId }) => clientOf(clientId).allowedOrigins.includes(origin),
  ttl: { ClientCredentials: accessLifetime },
  features: {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    dPoP: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => client.clientId === token.clientId },
    introspection: { enabled: true, allowedPolicy: mayIntrospect },
    resourceIndicators,
  },
});

/** oidc-provider on the registry and on PostgreSQL; it keeps nothing of its own, so another one may replace it at any time. */
export function makeProvider(signingKeys: readonly SigningKey[]): Provider {
  const provider = new Provider(env().appUrl, configurationOf(signingKeys));
  provider.use(async (ctx, next) => {
    await next();
    const headers = Object.entries(ctx.response.headers).map(([name, value]) => [name, String(value)]);
    exchange().answer = { status: ctx.status, headers: Object.fromEntries(headers), body: ctx.body };
    ctx.respond = false; // whoever asked says it
  });
  provider.on('server_error', (_ctx, error) => {
    exchange().failure = error;
  });
  // RFC 6749 §5.2 has a code of its own for that.
  provider.on('grant.error', (ctx, error) => {
    if (error.error_description === 'requested grant type is not allowed for this client')
      ctx.body = { error: 'unauthorized_client', error_description: error.error_description };
  });
  provider.Client.prototype.compareClientSecret = function (secret) {
    return isSecretOf(this.clientId, secret);
  };
  Object.assign(provider.ReplayDetection, { unique: isFirstUse });
  for (const kind of tokenKinds) mintTokens(provider[kind].prototype, kind);
  keepToRegisteredScopes(provider.ClientCredentials.prototype);
  return provider;
}

type Token = { format?: string };
type Minted = { generateTokenId: (this: Token) => string };

/** Gives opaque tokens a value that can be told from others at sight; a JWT keeps what it is named by. */
function mintTokens(prototype: object, kind: (typeof tokenKinds)[number]): void {
  const { generateTokenId } = prototype as Minted;
  const minted: Minted = {
    generateTokenId() {
      const value = generateTokenId.call(this);
      return this.format === 'jwt' ? value : mintCredential(tokenPrefixes[kind]);
    },
  };
  Object.assign(prototype, minted);
}

type MachineToken = InstanceType<Provider['ClientCredentials']>;

function keepToRegisteredScopes(prototype: MachineToken): void {
  const { save } = prototype;
  Object.assign(prototype, {
    save(this: MachineToken) {
      this.scope = grantedScope({
        registered: clientOf(this.clientId ?? '').scopes,
        asked: askedScope(),
        offered: this.resourceServer && [...this.resourceServer.scopes],
      });
      return save.call(this);
    },
  });
}

/** Before anybody narrowed it. */
function askedScope(): string | undefined {
  const scope = Provider.ctx?.oidc.params?.scope;
  return typeof scope === 'string' ? scope : undefined;
}
