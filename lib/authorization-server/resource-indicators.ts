import { errors, type ResourceServer } from 'oidc-provider';
import { database } from '../database.ts';
import { asksFor, describeResource, type Resource } from '../resources/index.ts';
import { clientOf } from './registered-client.ts';

/** RFC 8707: for which API a token is. Without one it has no audience: only userinfo and introspection know it. */
export const resourceIndicators = {
  enabled: true,
  defaultResource: () => [],
  async getResourceServerInfo(_ctx: unknown, uri: string): Promise<ResourceServer> {
    const resource = await describeResource(database(), uri);
    if (!resource) throw new errors.InvalidTarget('there is no such resource here');
    return serverOf(resource);
  },
};

const serverOf = ({ uri, scopes, accessTokenFormat, lifetimeSeconds }: Resource): ResourceServer => ({
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
