import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context as HonoContext } from 'hono';
import type { Fault, RegistryError } from '#lib/kernel/errors';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `path` is relative to each of the API's prefixes. In the table, literal segments come before `:parameters`. */
export type Route = {
  method: Method;
  path: string;
  answer: (call: Call) => Promise<Response>;
  /** A GET that changes something. It has no HEAD, which changes nothing (RFC 9110 §9.2.1). */
  acts?: true;
  /** Public: readable from any origin, and cacheable with its ETag. */
  open?: boolean;
  /** A program in a browser may call it from any origin: its credential is a header that browsers do not send by themselves. */
  forBrowsers?: boolean;
  /** A program in a browser may call it from any origin; the answer decides whether that origin may read it. */
  forOwnOrigins?: boolean;
};

/** An answer in the API's own shape; without a body when that API sends none. */
export type Answer = { status: number; headers?: Record<string, string>; body?: unknown; contentType?: string };

/** One API: its paths, its routes and its error format. */
export type Api = {
  /** Errors at this path and below it have this API's format. */
  root: string;
  prefixes: readonly string[];
  routes: readonly Route[];
  /** Where it takes access tokens for the registry (RFC 9728): at its prefixes and below them, or at the prefixes alone. */
  protects?: 'all below' | 'itself';
  /** Pages have paths beside its own; anywhere else the first segment of its path leads to no page. */
  besidePages?: true;
  writeError: (error: RegistryError, path: string) => Answer;
  writeFault: (fault: Fault, path: string) => Answer;
};

/**
 * What every request is given at the door: a name, and the network it came from; and on its way why its token is refused, if that is
 * known, and the start of its body, if that was read.
 */
export type Named = {
  Variables: { requestId: string; network: string; challenge?: string; sent?: Uint8Array };
  Bindings: { incoming: IncomingMessage; outgoing: ServerResponse; outcome: { page?: string } };
};

/** A request on its way. */
export type Call = HonoContext<Named>;

/** Has Next answer with the page at `target`; the URL in the browser stays. */
export function showPage(call: Call, target: string): Response {
  call.env.outcome.page = target;
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}
