import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { errors } from 'oidc-provider';
import { selectAccount } from '#db/queries/accounts';
import { endArtifacts, selectClientOfToken } from '#db/queries/artifacts';
import { findOwnedClient, getOwnedClient, type OwnedClient } from '#lib/clients/index';
import { everyHash } from '#lib/credentials/index';
import { allowAccess } from '#lib/grants/index';
import { requirePerson, requireTokenScope } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import { forbidden, RegistryError } from '#lib/kernel/errors';
import { isOfRegistry, registryScopes } from '#lib/resources/rules';
import { findPersonOfSubject } from '#lib/subjects/index';
import { answerVouched } from '../answer.ts';
import { clientOf } from '../clients/registered-client.ts';
import { inExchange, type RegisteredClient } from '../exchange.ts';
import { running } from '../running.ts';
import { impliedAudience } from './audience.ts';

export type Mint = {
  clientId: string;
  /** For whom: the caller's own id, or that of a client that acts for itself. */
  subject: string;
  /** All that the client is registered for, unless told. */
  scopes: readonly string[] | undefined;
};

/**
 * Tokens as the token endpoint gives them, without the client's secret and without a browser: to a person for themselves through a client
 * that they may edit, or of a machine client that they may edit. What means something at the registry the caller's own token must hold.
 * Throws `not_found`, `forbidden`, `invalid_metadata`.
 */
export async function mintTokens(ctx: Context, { clientId, subject, scopes }: Mint): Promise<object> {
  requireTokenScope(ctx, 'clients:write');
  const client = await getOwnedClient(ctx, clientId);
  if (!client.may.edit) throw forbidden('Your role does not let you act for this client.');
  const isOwn = ctx.actor.kind === 'person' && subject === ctx.actor.userId;
  if (!isOwn && subject !== client.clientId) throw wrong('subject', 'Name yourself, or a machine client of yours.');
  const wanted = scopes ?? client.scopes;
  const foreign = wanted.find((name) => !client.scopes.includes(name));
  if (foreign !== undefined) throw wrong('scopes', `The client is not registered for "${foreign.slice(0, 100)}".`);
  for (const scope of registryScopes) if (isOfRegistry(scope) && wanted.includes(scope)) requireTokenScope(ctx, scope);
  if (client.status !== 'active') throw wrong('clientId', 'The client is not active.');
  if (client.dpopBoundAccessTokens)
    throw wrong('clientId', 'The tokens of this client are bound to a key that it holds.');
  const parameters = isOwn && forPeople(client) ? await codeFor(ctx, client, wanted) : ofMachine(client, scopes);
  const asked = { endpoint: 'token', parameters: new URLSearchParams(parameters), network: ctx.network } as const;
  const { status, body } = await answerVouched(client.metadataUrl ?? client.clientId, asked);
  if (status === 200 && typeof body === 'object' && body !== null) return body;
  const { error_description: why = 'It was refused.' } = body as { error_description?: string };
  throw wrong('scopes', why);
}

const forPeople = ({ grantTypes }: OwnedClient) => grantTypes.includes('authorization_code');

function ofMachine({ grantTypes }: OwnedClient, scopes: readonly string[] | undefined) {
  if (!grantTypes.includes('client_credentials')) throw wrong('clientId', 'This client acts for people only.');
  return { grant_type: 'client_credentials', ...(scopes && scopes.length > 0 && { scope: scopes.join(' ') }) };
}

/** A code as if the person had allowed it in a browser: to ask for it in one's own name is to allow it. */
async function codeFor(ctx: Context, client: OwnedClient, scopes: readonly string[]) {
  requireTokenScope(ctx, 'grants:write');
  for (const scope of registryScopes) if (scopes.includes(scope)) requireTokenScope(ctx, scope);
  const { userId } = requirePerson(ctx);
  const [redirectUri] = client.redirectUris;
  if (redirectUri === undefined || scopes.length === 0)
    throw wrong('clientId', 'This client can ask people for nothing.');
  if (!(await mayUse(ctx, userId, client)))
    throw wrong('clientId', 'This client is for members of its organization only.');
  const { clientId } = client;
  const code = await inExchange({ network: ctx.network, clients: new Map(), withoutCredential: false }, async () => {
    const { provider } = await running();
    const view = await provider.Client.find(clientId);
    if (!view) throw wrong('clientId', 'The client is not active.');
    const resources = audienceOf(scopes, clientOf(clientId));
    const grant = await allowAccess(ctx, {
      clientId,
      organizationId: null,
      scopes,
      declined: [],
      claims: [],
      resources: Object.fromEntries(
        resources.map(({ uri, scopes: offered }) => [uri, scopes.filter((name) => offered.includes(name))]),
      ),
    });
    const given = {
      accountId: userId,
      client: view,
      grantId: `${grant.id}.${randomUUID()}`,
      gty: 'authorization_code',
      ...(resources.length > 0 && { resource: resources.map(({ uri }) => uri) }),
    };
    const authTime = Math.floor(Date.now() / 1000);
    return new provider.AuthorizationCode({ ...given, redirectUri, scope: scopes.join(' '), authTime }).save();
  });
  return { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
}

/** As for an authorization request that names no resource. */
function audienceOf(scopes: readonly string[], { offers, provenance }: RegisteredClient) {
  try {
    return impliedAudience({ scopes, offers, provenance, asksPerson: true });
  } catch (error) {
    if (error instanceof errors.InvalidTarget) throw wrong('scopes', error.error_description ?? error.message);
    throw error;
  }
}

async function mayUse({ db }: Context, userId: string, { organizationId, openToOtherOrganizations }: OwnedClient) {
  return openToOtherOrganizations || ((await selectAccount(db, { userId, organizationId }))?.isMember ?? false);
}

const wrong = (field: string, message: string) =>
  new RegistryError('invalid_metadata', message, { issues: [{ field, rule: 'mint', message }] });

/**
 * What the authorization server says of a token to the client that it was given to (RFC 7662), told to who may see that client in the
 * registry; undefined for a token of any other client, and for what is no token.
 */
export async function introspectOwned(
  ctx: Context,
  { token, hint }: { token: string; hint: string | null },
): Promise<object | undefined> {
  const clientId = (await selectClientOfToken(ctx.db, everyHash(token))) ?? claimedClientOf(token);
  const client = clientId === undefined ? undefined : await findOwnedClient(ctx, clientId);
  if (!client) return undefined;
  const parameters = new URLSearchParams({ token, ...(hint !== null && { token_type_hint: hint }) });
  const asked = { endpoint: 'introspection', parameters, network: ctx.network } as const;
  const { status, body } = await answerVouched(client.metadataUrl ?? client.clientId, asked);
  return status === 200 && typeof body === 'object' && body !== null ? body : undefined;
}

/** Of an access token that is a JWT nothing is kept; who is asked about it judges it. */
function claimedClientOf(token: string): string | undefined {
  try {
    const { client_id: clientId } = decodeJwt(token);
    return typeof clientId === 'string' ? clientId : undefined;
  } catch {
    return undefined; // no JWT
  }
}

const kinds = ['AuthorizationCode', 'DeviceCode', 'AccessToken', 'RefreshToken'];

/** Ends every code and token that a client was given for a person until a moment; `subject` is what the client calls them. Nobody by that name has none. */
export async function revokeOfPerson(client: RegisteredClient, subject: string, until: Date): Promise<void> {
  const userId = await findPersonOfSubject(database(), subject, client);
  if (userId !== undefined)
    await endArtifacts(database(), { of: 'person', id: `${client.clientId}/${userId}`, until, kinds });
}
