import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { isInstalled } from '#lib/clients/rules';
import { database } from '#lib/kernel/database';
import { noteRefusal } from '#lib/refusals/index';
import { resourcesAskedBy } from '#lib/resources/index';
import { clientOf, findRegisteredClient, isVouched } from '../clients/registered-client.ts';
import { exchange } from '../exchange.ts';

type Token = InstanceType<Provider['AccessToken' | 'ClientCredentials' | 'RefreshToken']> & { aud?: string | string[] };

/** What is known of a token that is asked about; `kind` where it is not a JWT. */
type Noted = { aud?: string | string[]; scope?: string; clientId?: string; kind?: string };

/**
 * Rule A16: its own client is told of a token, and an API that it is for; nobody without authentication, and no installed program. An API is
 * told of its own scopes and of no other audience.
 */
export async function mayIntrospect(
  _ctx: KoaContextWithOIDC,
  client: { clientId: string; clientAuthMethod?: string },
  token: Token,
): Promise<boolean> {
  if (!mayAsk(client)) return false;
  if (client.clientId === token.clientId) return true;
  const told = await partOf(clientOf(client.clientId), token);
  if (told) Object.assign(token, told);
  return told !== undefined;
}

const forAnother = { endpoint: 'introspect', reason: 'audience', error: '' } as const;

/** An API was asked with a token that is not for it: its own owner learns that, and the owner of the app what the token is for. */
async function noteWrongAudience(resources: readonly { uri: string }[], { aud, clientId, kind }: Noted): Promise<void> {
  const asking = resources.map(({ uri }) => uri).join(' ');
  exchange().refused = {
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

/** Whether it has shown who it is by more than what lies on people's devices. */
export function mayAsk({ clientId, clientAuthMethod }: { clientId: string; clientAuthMethod?: string }): boolean {
  const asking = clientOf(clientId);
  return clientAuthMethod !== 'none' && (!isInstalled(asking) || isVouched(asking));
}

/** Of a token's audience and scopes what belongs to the resources as which a client asks; undefined when nothing does. */
export async function partOf(
  asking: { clientId: string },
  token: Noted,
): Promise<{ aud: string | string[]; scope: string } | undefined> {
  const { aud, scope = '' } = token;
  const resources = await resourcesAskedBy(database(), asking.clientId);
  const own = resources.filter(({ uri }) => [aud ?? []].flat().includes(uri));
  const scopes = scope.split(' ').filter((name) => own.some((one) => one.scopes.includes(name)));
  const [first, ...more] = own.map(({ uri }) => uri);
  if (first === undefined) await noteWrongAudience(resources, token);
  if (first === undefined || (scopes.length === 0 && scope !== '')) return undefined;
  return { aud: more.length > 0 ? [first, ...more] : first, scope: scopes.join(' ') };
}
