import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { env } from '../env.ts';
import { type Exchange, inExchange } from './exchange.ts';
import { running } from './running.ts';

export type Question = {
  method: string;
  /** Path and query. */
  target: string;
  /** A form-encoded body. */
  form?: string | undefined;
  headers: Readonly<Record<string, string | undefined>>;
};

/** Hands oidc-provider a request as Node would; what it answers is in the exchange. Throws what the caller cannot help. */
export async function askProvider(question: Question, current: Exchange): Promise<void> {
  const { handle } = await running();
  const request = requestOf(question);
  await inExchange(current, () => handle(request, new ServerResponse(request)));
  if (current.failure !== undefined) throw current.failure;
}

/** A request that nobody sent, from its cookies alone: as oidc-provider wants to be told of a browser. */
export function requestOf({ method, target, form, headers }: Question): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  const { host, protocol } = new URL(env().appUrl);
  const said = Object.entries(headers).filter(([, value]) => value !== undefined);
  request.method = method;
  request.url = target;
  request.headers = { host, 'x-forwarded-proto': protocol.slice(0, -1), ...Object.fromEntries(said) };
  if (form !== undefined) {
    request.headers['content-type'] = 'application/x-www-form-urlencoded';
    request.headers['content-length'] = String(Buffer.byteLength(form));
    request.push(form);
  }
  request.push(null);
  return request;
}
