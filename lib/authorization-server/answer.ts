import { randomBytes } from 'node:crypto';
import { RegistryError } from '#lib/kernel/errors';
import { nameEndedSecret, noteFailure, secretIn } from './clients/failures.ts';
import { noteRefused } from './note-refused.ts';
import { paths } from './paths.ts';
import type { RegisteredClient, RequestState } from './request-state.ts';
import { askProvider } from './running.ts';

export type ClientRequest = {
  endpoint: 'token' | 'introspection' | 'revocation' | 'pushed_authorization_request' | 'device_authorization';
  parameters: URLSearchParams;
  authorization: string | undefined;
  origin: string | undefined;
  /** A DPoP proof. */
  dpop: string | undefined;
  /** The caller's network, as rate limits count it. */
  network: string;
};

export type Answered = NonNullable<RequestState['answer']>;

/**
 * Sends a client's request to oidc-provider and returns its answer; authorization errors are answers, too. The path and the encoding of the
 * original request make no difference. @throws rate_limited: too many failed attempts (rule S5); any error of the database
 */
export function answerClient(asked: ClientRequest): Promise<Answered> {
  const pushes = asked.endpoint === 'pushed_authorization_request';
  const pushedRedirectUri = pushes ? (asked.parameters.get('redirect_uri') ?? undefined) : undefined;
  return answerIn({ ...stateOf(asked), pushedRedirectUri }, asked);
}

function stateOf({ parameters, network, authorization }: Omit<ClientRequest, 'endpoint'>): RequestState {
  const assertion = parameters.get('client_assertion') ?? undefined;
  const withoutCredential = authorization === undefined && assertion === undefined && !parameters.has('client_secret');
  return { network, clients: new Map(), withoutCredential, assertion };
}

async function answerIn(
  current: RequestState,
  { endpoint, parameters, network, ...headers }: ClientRequest,
): Promise<Answered> {
  const form = parameters.toString();
  await askProvider(
    { method: 'POST', target: paths[endpoint], form, headers: { accept: 'application/json', ...headers } },
    current,
  );
  const { answer, clientId } = current;
  if (!answer) throw new Error('oidc-provider did not answer');
  await nameEndedSecret(current, secretIn(parameters, headers.authorization));
  noteRefused(current);
  if (answer.status === 401 && clientId !== undefined) await noteFailure(clientId, network);
  return answer;
}

/** A value that no token has. */
const noToken = 'none';

/**
 * Authenticates a client and returns it, by revoking a token that does not exist (RFC 7009 §2.2). A client id alone does not authenticate.
 * @throws unauthenticated: the credentials are missing or wrong; rate_limited: as `answerClient`
 */
export async function authenticateClient(asked: Omit<ClientRequest, 'endpoint'>): Promise<RegisteredClient> {
  const current = stateOf(asked);
  const parameters = new URLSearchParams([...asked.parameters, ['token', noToken]]);
  const { status } = await answerIn(current, { ...asked, endpoint: 'revocation', parameters });
  const client = [...current.clients.values()].find(({ protocolId }) => protocolId === current.clientId);
  if (status !== 200 || !client || current.withoutCredential || client.tokenEndpointAuthMethod === 'none')
    throw new RegistryError('unauthenticated', 'Authenticate as the client: its id and its secret.');
  return client;
}

/** As `answerClient`, on behalf of a client and without its secret: the caller of this function must have authorized the request. */
export async function answerVouched(
  protocolId: string,
  { endpoint, parameters, network }: Pick<ClientRequest, 'endpoint' | 'parameters' | 'network'>,
): Promise<Answered> {
  const vouched = { protocolId, secret: randomBytes(32).toString('base64url') };
  const current: RequestState = { network, clients: new Map(), withoutCredential: false, vouched };
  const form = new URLSearchParams([...parameters, ['client_id', protocolId], ['client_secret', vouched.secret]]);
  const headers = { accept: 'application/json' };
  await askProvider({ method: 'POST', target: paths[endpoint], form: form.toString(), headers }, current);
  if (!current.answer) throw new Error('oidc-provider did not answer');
  return current.answer;
}

export type UserinfoRequest = Pick<ClientRequest, 'authorization' | 'origin' | 'dpop' | 'network'> & {
  form: Readonly<Record<string, string>> | undefined;
};

/** Sends a userinfo request to oidc-provider and returns its answer (OpenID Connect Core §5.3). */
export async function answerUserinfo({ form, network, ...headers }: UserinfoRequest): Promise<Answered> {
  const current: RequestState = { network, clients: new Map(), withoutCredential: false };
  const method = form ? 'POST' : 'GET';
  const sent = form && new URLSearchParams(form).toString();
  await askProvider(
    { method, target: paths.userinfo, form: sent, headers: { accept: 'application/json', ...headers } },
    current,
  );
  if (!current.answer) throw new Error('oidc-provider did not answer');
  noteRefused(current);
  return current.answer;
}
