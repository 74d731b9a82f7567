import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { isInstalled } from '#lib/clients/rules';
import { database } from '#lib/kernel/database';
import { noteRefusal } from '#lib/refusals/index';
import { listIntrospectedResources } from '#lib/resources/index';
import { clientOf, findRegisteredClient, isVouched } from '../clients/registered-client.ts';
import { currentRequest } from '../request-state.ts';

type Token = InstanceType<Provider['AccessToken' | 'ClientCredentials' | 'RefreshToken']> & {
  aud?: string | string[] | undefined;
};

/** The introspected token; `kind` is set unless it is a JWT. */
type Noted = {
  aud?: string | string[] | undefined;
  scope?: string | undefined;
  clientId?: string | undefined;
  kind?: string | undefined;
};

/**
 * Rule A16: a token may be introspected by its own client and by the APIs in its audience, never without authentication and never by an
 * installed program. For an API, this reduces `token` to the API's own scopes and audience.
 */
export async function mayIntrospect(
  _ctx: KoaContextWithOIDC,
  client: { clientId: string; clientAuthMethod?: string | undefined },
  token: Token,
): Promise<boolean> {
  if (!canIntrospect(client)) return false;
  if (client.clientId === token.clientId) return true;
  const told = await partOf(clientOf(client.clientId), token);
  if (told) Object.assign(token, told);
  return told !== undefined;
}

const forAnother = { endpoint: 'introspect', reason: 'audience', error: '' } as const;

/** Notes that an API received a token for another audience: for the owner of the API's client, and for the owner of the token's client. */
async function noteWrongAudience(resources: readonly { uri: string }[], { aud, clientId, kind }: Noted): Promise<void> {
  const asking = resources.map(({ uri }) => uri).join(' ');
  currentRequest().refused = {
    ...forAnother,
    description: 'the token is not for a resource for which this client introspects',
  };
  if (asking === '' || kind === 'RefreshToken' || clientId === undefined) return;
  const audience = [aud ?? []].flat().join(' ') || 'no resource';
  noteRefusal(database(), {
    ...forAnother,
    clientId: (await findRegisteredClient(clientId))?.clientId,
    asked: asking,
    description: `the token was used at ${asking}, and is for ${audience}`,
  });
}

/** Whether the client has authenticated and may introspect; the secret of an installed program is not enough (RFC 8252 §8.5). */
export function canIntrospect({
  clientId,
  clientAuthMethod,
}: {
  clientId: string;
  clientAuthMethod?: string | undefined;
}): boolean {
  const asking = clientOf(clientId);
  return clientAuthMethod !== 'none' && (!isInstalled(asking) || isVouched(asking));
}

/** The part of a token's audience and scopes that belongs to the resources for which the client introspects; undefined if there is none. */
export async function partOf(
  asking: { clientId: string },
  token: Noted,
): Promise<{ aud: string | string[]; scope: string } | undefined> {
  const { aud, scope = '' } = token;
  const resources = await listIntrospectedResources(database(), asking.clientId);
  const own = resources.filter(({ uri }) => [aud ?? []].flat().includes(uri));
  const scopes = scope.split(' ').filter((name) => own.some((one) => one.scopes.includes(name)));
  const [first, ...more] = own.map(({ uri }) => uri);
  if (first === undefined) await noteWrongAudience(resources, token);
  if (first === undefined || (scopes.length === 0 && scope !== '')) return undefined;
  return { aud: more.length > 0 ? [first, ...more] : first, scope: scopes.join(' ') };
}
