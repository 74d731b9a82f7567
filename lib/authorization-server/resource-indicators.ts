import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import { database } from '../database.ts';
import { asksFor, describeResource, type Offered } from '../resources/index.ts';
import { registryAudience, registryScopes } from '../resources/rules.ts';
import { scopesOfPrograms } from './granted-scope.ts';
import { clientOf } from './registered-client.ts';

/**
 * RFC 8707: for which API a token is. Without one it has no audience: only userinfo and introspection know it. A program that asks for
 * itself, names none and wants what the registry offers and nothing else, wants it there: the programs of /o/apps/ do.
 */
export const resourceIndicators = {
  enabled: true,
  defaultResource: (ctx: KoaContextWithOIDC) => (isForRegistry(ctx) ? registryAudience() : []),
  async getResourceServerInfo(_ctx: unknown, uri: string): Promise<ResourceServer> {
    const resource = await describeResource(database(), uri);
    if (!resource) throw new errors.InvalidTarget('there is no such resource here');
    return serverOf(resource);
  },
};

function isForRegistry({ oidc: { params, client } }: KoaContextWithOIDC): boolean {
  if (params?.grant_type !== 'client_credentials' || !client) return false;
  const registered = clientOf(client.clientId).scopes;
  const wanted = typeof params.scope === 'string' ? params.scope.split(' ') : scopesOfPrograms(registered);
  return wanted.length > 0 && wanted.every((name) => registered.includes(name) && offered.includes(name));
}

const offered: readonly string[] = registryScopes;

const serverOf = ({ uri, scopes, accessTokenFormat, lifetimeSeconds }: Offered): ResourceServer => ({
  audience: uri,
  scope: scopes.join(' '),
  accessTokenFormat,
  ...(lifetimeSeconds !== null && { accessTokenTTL: lifetimeSeconds }),
  ...(accessTokenFormat === 'jwt' && { jwt: { sign: { alg: 'ES256' as const } } }),
});

type Token = { clientId?: string | undefined; aud?: string | string[]; resourceServer?: ResourceServer | undefined };

/** As its client registered, and no longer than its resource allows; in seconds. */
export function accessLifetime(_ctx: unknown, { resourceServer }: Token, { clientId }: { clientId: string }): number {
  const { accessTokenLifetimeSeconds: own } = clientOf(clientId);
  return Math.min(own, resourceServer?.accessTokenTTL ?? own);
}

/** Rule A16: its own client is told of a token, and the API that it is for; nobody without authentication. */
export async function mayIntrospect(
  _ctx: unknown,
  client: { clientId: string; clientAuthMethod?: string },
  { clientId, aud }: Token,
): Promise<boolean> {
  if (client.clientAuthMethod === 'none') return false;
  if (client.clientId === clientId) return true;
  return typeof aud === 'string' && asksFor(database(), { clientId: client.clientId, uri: aud });
}
