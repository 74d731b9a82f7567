import { errors, Provider } from 'oidc-provider';
import { mintCredential } from '#lib/credentials/index';
import { clientOf } from '../clients/registered-client.ts';
import { exchange } from '../exchange.ts';
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

/** Sets the audience, scope and claims of a person's token to the exchange's `audience`. @throws invalid_scope: no scope is left */
export function setAudiences({ AccessToken }: Provider): void {
  const prototype: AccessToken = AccessToken.prototype;
  const { save } = prototype;
  Object.assign(prototype, {
    save(this: AccessToken) {
      const { audience } = exchange();
      if (audience) {
        Object.assign(this, { scope: audience.scope, claims: audience.claims });
        setAudience(this, audience.resources);
      }
      requireScope(this);
      return save.call(this);
    },
  });
}

type MachineToken = InstanceType<Provider['ClientCredentials']>;

/** Limits the token of a client that acts for itself to its registered scopes. @throws invalid_scope: as `grantedScope` */
export function keepToRegisteredScopes({ ClientCredentials }: Provider): void {
  const prototype: MachineToken = ClientCredentials.prototype;
  const { save } = prototype;
  Object.assign(prototype, {
    async save(this: MachineToken) {
      const { audience } = exchange();
      this.scope = await grantedScope({
        registered: clientOf(this.clientId ?? '').scopes,
        asked: askedScope(),
        offered: this.resourceServer && [...this.resourceServer.scopes],
        isImplied: audience !== undefined,
      });
      if (audience) setAudience(this, audience.resources);
      requireScope(this);
      return save.call(this);
    },
  });
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

/** Requires PKCE from a client that omits its optional secret (`secretOptional`). @throws invalid_grant: the authorization had no PKCE */
export function askForProof({ AuthorizationCode }: Provider): void {
  const prototype: Code = AuthorizationCode.prototype;
  const { consume } = prototype;
  Object.assign(prototype, {
    consume(this: Code) {
      if (this.codeChallenge === undefined && exchange().withoutCredential)
        throw new errors.InvalidGrant('without a secret, the authorization has to use PKCE');
      return consume.call(this);
    },
  });
}
