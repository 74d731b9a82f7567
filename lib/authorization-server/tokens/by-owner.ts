import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { errors } from 'oidc-provider';
import { selectAccount } from '#db/queries/accounts';
import { endArtifacts, selectClientOfToken } from '#db/queries/artifacts';
import { findOwnedClient, getOwnedClient, type OwnedClient } from '#lib/clients/index';
import { hashesWithEveryPepper } from '#lib/credentials/index';
import { allowAccess } from '#lib/grants/index';
import { requirePerson, requireTokenScope } from '#lib/kernel/access';
import { registryScopes } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import { forbidden, RegistryError } from '#lib/kernel/errors';
import { isRegistryOnlyScope } from '#lib/resources/rules';
import { findPersonOfSubject } from '#lib/subjects/index';
import { answerVouched } from '../answer.ts';
import { clientOf } from '../clients/registered-client.ts';
import { inRequest, type RegisteredClient } from '../request-state.ts';
import { running } from '../running.ts';
import { impliedAudience } from './audience.ts';

export type Mint = {
  clientId: string;
  /** The caller's user id, or the id of a client that acts for itself. */
  subject: string;
  /** By default, all scopes of the client. */
  scopes: readonly string[] | undefined;
};

/**
 * Issues tokens without the client's secret and without a browser; the answer is that of the token endpoint. The caller must be able to
 * edit the client and gets a token for themselves, or for the client if it acts for itself. For a scope of the registry, the caller's own
 * token must have it, too.
 * @throws not_found: there is no such client; forbidden: the caller may not edit it or lacks a scope; invalid_metadata: anything else
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
  for (const scope of registryScopes)
    if (isRegistryOnlyScope(scope) && wanted.includes(scope)) requireTokenScope(ctx, scope);
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

/** Creates an authorization code as if the person had consented in a browser: their call is the consent. */
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
  const code = await inRequest({ network: ctx.network, clients: new Map(), withoutCredential: false }, async () => {
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

/** The resources of the scopes, as for an authorization request without `resource`. */
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
 * The introspection answer (RFC 7662) that the token's own client would get, for a caller who may see that client in the registry; undefined
 * for any other token or value.
 */
export async function introspectOwned(
  ctx: Context,
  { token, hint }: { token: string; hint: string | null },
): Promise<object | undefined> {
  const clientId = (await selectClientOfToken(ctx.db, hashesWithEveryPepper(token))) ?? claimedClientOf(token);
  const client = clientId === undefined ? undefined : await findOwnedClient(ctx, clientId);
  if (!client) return undefined;
  const parameters = new URLSearchParams({ token, ...(hint !== null && { token_type_hint: hint }) });
  const asked = { endpoint: 'introspection', parameters, network: ctx.network } as const;
  const { status, body } = await answerVouched(client.metadataUrl ?? client.clientId, asked);
  return status === 200 && typeof body === 'object' && body !== null ? body : undefined;
}

/** JWT access tokens are not stored, so the client id is read from the token. The introspection endpoint verifies the token. */
function claimedClientOf(token: string): string | undefined {
  try {
    const { client_id: clientId } = decodeJwt(token);
    return typeof clientId === 'string' ? clientId : undefined;
  } catch {
    return undefined; // no JWT
  }
}

const kinds = ['AuthorizationCode', 'DeviceCode', 'AccessToken', 'RefreshToken'];

/**
 * Ends every code and token that was issued to a client for a person before `until`. `subject` is the person's `sub` at that client; an
 * unknown one has no effect.
 */
export async function revokeOfPerson(client: RegisteredClient, subject: string, until: Date): Promise<void> {
  const userId = await findPersonOfSubject(database(), subject, client);
  if (userId !== undefined)
    await endArtifacts(database(), { of: 'person', id: `${client.clientId}/${userId}`, until, kinds });
}
