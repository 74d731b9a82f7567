import { errors, Provider } from 'oidc-provider';
import { mintCredential } from '#lib/credentials/index';
import { clientOf } from '../clients/registered-client.ts';
import { exchange } from '../exchange.ts';
import { grantedScope } from '../tokens/granted-scope.ts';
import { tokenKinds, tokenPrefixes } from '../tokens/token-value.ts';

type Token = { format?: string };
type Minted = { generateTokenId: (this: Token) => string };

/** Gives opaque tokens a value that can be told from others at sight; a JWT keeps what it is named by. */
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

/** A person's token is for the resources to which its scopes belong (`Audience`), and says nothing that it is not good for. */
export function setAudiences({ AccessToken }: Provider): void {
  const prototype: AccessToken = AccessToken.prototype;
  const { save } = prototype;
  Object.assign(prototype, {
    save(this: AccessToken) {
      const { audience } = exchange();
      if (audience) {
        Object.assign(this, { scope: audience.scope, claims: audience.claims });
        address(this, audience.resources);
      }
      requireScope(this);
      return save.call(this);
    },
  });
}

type MachineToken = InstanceType<Provider['ClientCredentials']>;

/** A program that acts for itself is given what it registered. */
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
      if (audience) address(this, audience.resources);
      requireScope(this);
      return save.call(this);
    },
  });
}

/** oidc-provider gives a token one audience at most. */
function address(token: AccessToken | MachineToken, resources: readonly { uri: string }[]): void {
  const [first, ...more] = resources.map(({ uri }) => uri);
  if (first === undefined) delete token.aud;
  else token.aud = more.length > 0 ? [first, ...more] : first;
}

/** An API that looks at the audience alone would let one without any scope in. */
function requireScope({ scope, aud }: AccessToken | MachineToken): void {
  if (aud !== undefined && !scope)
    throw new errors.InvalidScope('the resource offers none of these scopes', askedScope() ?? '');
}

/** Before anybody narrowed it. */
function askedScope(): string | undefined {
  const scope = Provider.ctx?.oidc.params?.scope;
  return typeof scope === 'string' ? scope : undefined;
}

type Find = (value: string, options?: object) => Promise<AccessToken | undefined>;

/** Whatever else it is for, a token with `openid` is good at userinfo. */
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

/** A client that may leave its secret out (`secretOptional`) and does has to show that it began the authorization: by PKCE. */
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
