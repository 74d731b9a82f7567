import { errors, Provider } from 'oidc-provider';
import { mintCredential } from '../credentials/index.ts';
import { exchange } from './exchange.ts';
import { grantedScope } from './granted-scope.ts';
import { clientOf } from './registered-client.ts';
import { tokenKinds, tokenPrefixes } from './token-value.ts';

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

type MachineToken = InstanceType<Provider['ClientCredentials']>;

/** A program that acts for itself is given what it registered. */
export function keepToRegisteredScopes({ ClientCredentials }: Provider): void {
  const prototype: MachineToken = ClientCredentials.prototype;
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
