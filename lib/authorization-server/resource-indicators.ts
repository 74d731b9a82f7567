import type { KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import { isInstalled } from '../clients/rules.ts';
import { database } from '../database.ts';
import { asksFor, describeResource, type Offered } from '../resources/index.ts';
import { isOfRegistry, registryAudience, registryScopes } from '../resources/rules.ts';
import { exchange } from './exchange.ts';
import { scopesOfPrograms } from './granted-scope.ts';
import { noSuchTarget } from './refuse-target.ts';
import { clientOf, isVouched } from './registered-client.ts';

/**
 * RFC 8707: for which API a token is. Who names none gets one without an audience, which only userinfo and introspection know, unless all that
 * is asked for means the registry. Of several that were allowed one has to be named.
 */
export const resourceIndicators = {
  enabled: true,
  defaultResource: (ctx: KoaContextWithOIDC, _client: unknown, oneOf?: readonly string[]) =>
    oneOf ?? (isForRegistry(ctx) ? registryAudience() : []),
  async getResourceServerInfo(_ctx: unknown, uri: string): Promise<ResourceServer> {
    const resource = await describeResource(database(), uri);
    if (!resource) throw noSuchTarget(uri);
    return serverOf(resource);
  },
};

const ofPeople = new Set(['authorization', 'pushed_authorization_request', 'device_authorization']);

/**
 * A program that asks for itself and wants what the registry offers and nothing else wants it there: the programs of /o/apps/ do. So does
 * who asks a person for that, if some of it means something at the registry only: `read` and `write` alone are any API's words.
 */
function isForRegistry({ oidc: { params, client, route } }: KoaContextWithOIDC): boolean {
  const asksPerson = ofPeople.has(route);
  if (!client || !(asksPerson || params?.grant_type === 'client_credentials')) return false;
  const registered = clientOf(client.clientId).scopes;
  const all = typeof params?.scope === 'string' ? params.scope.split(' ') : scopesOfPrograms(registered);
  // To keep access while the person is away says nothing about where.
  const wanted = asksPerson ? all.filter((name) => name !== 'offline_access') : all;
  if (asksPerson && !wanted.some(isOfRegistry)) return false;
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

const forAnother = { endpoint: 'introspect', reason: 'audience', error: '' } as const;

/** Rule A16: its own client is told of a token, and the API that it is for; nobody without authentication, and no installed program. */
export async function mayIntrospect(
  _ctx: unknown,
  client: { clientId: string; clientAuthMethod?: string },
  { clientId, aud }: Token,
): Promise<boolean> {
  const asking = clientOf(client.clientId);
  if (client.clientAuthMethod === 'none' || (isInstalled(asking) && !isVouched(asking))) return false;
  if (client.clientId === clientId) return true;
  const asks = { clientId: asking.clientId, uri: typeof aud === 'string' ? aud : '' };
  if (await asksFor(database(), asks)) return true;
  exchange().refused = {
    ...forAnother,
    description: 'the token is not for a resource for which this client introspects',
  };
  return false;
}
