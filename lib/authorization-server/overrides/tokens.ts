import { errors, Provider } from 'oidc-provider';
import { mintCredential } from '#lib/credentials/index';
import { clientOf } from '../clients/registered-client.ts';
import { currentRequest } from '../request-state.ts';
import { grantedScope } from '../tokens/granted-scope.ts';
import { tokenKinds, tokenPrefixes } from '../tokens/token-value.ts';

type Token = { format?: string };
type Minted = { generateTokenId: (this: Token) => string };

/** Gives opaque tokens a value with a prefix that shows their kind; the id of a JWT stays. */
export function mintTokens(provider: Provider): void {
  for (const kind of tokenKinds) {
    const prototype: object = provider[kind].prototype;
    const { generateTokenId } = prototype as Minted;
    const minted: Minted = {
      generateTokenId() {
        const value = generateTokenId.call(this);
        return this.format === 'jwt' ? value : mintCredential(tokenPrefixes[kind]);
      },
    };
    Object.assign(prototype, minted);
  }
}

type AccessToken = InstanceType<Provider['AccessToken']>;

export function setAudiences({ AccessToken }: Provider, limit: typeof limitToAudience): void {
  const prototype: AccessToken = AccessToken.prototype;
  const { save } = prototype;
  Object.assign(prototype, {
    save(this: AccessToken) {
      limit(this);
      return save.call(this);
    },
  });
}

/** Sets the audience, scope and claims of a person's token to the request's `audience`. @throws invalid_scope: no scope is left */
export function limitToAudience(token: AccessToken): void {
  const { audience } = currentRequest();
  if (audience) {
    Object.assign(token, { scope: audience.scope, claims: audience.claims });
    setAudience(token, audience.resources);
  }
  requireScope(token);
}

type MachineToken = InstanceType<Provider['ClientCredentials']>;

export function keepToRegisteredScopes({ ClientCredentials }: Provider, limit: typeof limitToRegistration): void {
  const prototype: MachineToken = ClientCredentials.prototype;
  const { save } = prototype;
  Object.assign(prototype, {
    async save(this: MachineToken) {
      await limit(this);
      return save.call(this);
    },
  });
}

/** Limits the token of a client that acts for itself to its registered scopes. @throws invalid_scope: as `grantedScope` */
export async function limitToRegistration(token: MachineToken): Promise<void> {
  const { audience } = currentRequest();
  token.scope = await grantedScope({
    registered: clientOf(token.clientId ?? '').scopes,
    asked: askedScope(),
    offered: token.resourceServer && [...token.resourceServer.scopes],
    isImplied: audience !== undefined,
  });
  if (audience) setAudience(token, audience.resources);
  requireScope(token);
}

/** Sets `aud`, to a list if there are several resources: oidc-provider itself supports one. */
function setAudience(token: AccessToken | MachineToken, resources: readonly { uri: string }[]): void {
  const [first, ...more] = resources.map(({ uri }) => uri);
  if (first === undefined) delete token.aud;
  else token.aud = more.length > 0 ? [first, ...more] : first;
}

/** An API that checks only the audience would accept a token without a scope. @throws invalid_scope: `aud` without a scope */
function requireScope({ scope, aud }: AccessToken | MachineToken): void {
  if (aud !== undefined && !scope)
    throw new errors.InvalidScope('the resource offers none of these scopes', askedScope() ?? '');
}

/** The scope that the request contains. */
function askedScope(): string | undefined {
  const scope = Provider.ctx?.oidc.params?.scope;
  return typeof scope === 'string' ? scope : undefined;
}

type Find = (value: string, options?: object) => Promise<AccessToken | undefined>;

/** Makes userinfo accept tokens with any audience; they still need `openid`. */
export function takeTokensAtUserinfo({ AccessToken }: Provider): void {
  const find: Find = AccessToken.find;
  Object.assign(AccessToken, {
    async find(...asked: Parameters<Find>) {
      const token = await find.apply(AccessToken, asked);
      if (Provider.ctx?.oidc.route === 'userinfo') delete token?.aud;
      return token;
    },
  });
}

type Code = InstanceType<Provider['AuthorizationCode']>;

export function requirePkce({ AuthorizationCode }: Provider, require: typeof requirePkceWithoutSecret): void {
  const prototype: Code = AuthorizationCode.prototype;
  const { consume } = prototype;
  Object.assign(prototype, {
    consume(this: Code) {
      require(this);
      return consume.call(this);
    },
  });
}

/** Requires PKCE from a client that omits its optional secret (`secretOptional`). @throws invalid_grant: the authorization had no PKCE */
export function requirePkceWithoutSecret({ codeChallenge }: Code): void {
  if (codeChallenge === undefined && currentRequest().withoutCredential)
    throw new errors.InvalidGrant('without a secret, the authorization has to use PKCE');
}
