import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { type Exchange, inExchange } from './exchange.ts';
import { noteFailure } from './failures.ts';
import { runningProvider } from './running.ts';

const paths = { token: '/oauth/token', introspection: '/oauth/introspect', revocation: '/oauth/revoke' } as const;

export type Asked = {
  endpoint: keyof typeof paths;
  parameters: Readonly<Record<string, string>>;
  authorization: string | undefined;
  origin: string | undefined;
  /** The caller's, as rate limits count it. */
  network: string;
};

export type Answered = NonNullable<Exchange['answer']>;

/**
 * What oidc-provider answers a client, whatever the spelling and the encoding of what it asked. Throws what the caller cannot
 * help: `rate_limited` (rule S5), a database that is away.
 */
export async function answerClient({ endpoint, parameters, network, ...headers }: Asked): Promise<Answered> {
  const handle = await runningProvider();
  const current: Exchange = { network, clients: new Map(), assertion: parameters.client_assertion };
  const request = requestOf(paths[endpoint], new URLSearchParams(parameters).toString(), headers);
  await inExchange(current, () => handle(request, new ServerResponse(request)));
  const { answer, failure, clientId } = current;
  if (failure !== undefined) throw failure;
  if (!answer) throw new Error('oidc-provider did not answer');
  if (answer.status === 401 && clientId !== undefined) await noteFailure(clientId, network);
  return answer;
}

function requestOf(path: string, form: string, { authorization, origin }: Pick<Asked, 'authorization' | 'origin'>) {
  const request = new IncomingMessage(new Socket());
  request.method = 'POST';
  request.url = path;
  request.headers = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(form)),
    ...(authorization !== undefined && { authorization }),
    ...(origin !== undefined && { origin }),
  };
  request.push(form);
  request.push(null);
  return request;
}
