import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context as HonoContext } from 'hono';
import type { Fault, RegistryError } from '#lib/kernel/errors';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One row of an API's route table. A route with literal segments comes before a route with a `:parameter` in their place. */
export type Route = {
  method: Method;
  /** Relative to each of the API's prefixes. */
  path: string;
  answer: (call: Call) => Promise<Response>;
  /** A GET that changes something. The route then has no HEAD, because HEAD must change nothing (RFC 9110 §9.2.1). */
  acts?: true;
  /** The answer is public: scripts of every origin may read it, and caches may store it with its ETag. */
  open?: boolean;
  /** A script of any origin may call the route and read the answer: browsers do not add the credential's header by themselves. */
  forBrowsers?: boolean;
  /** A script of any origin may call the route; the handler decides whether this origin may read the answer. */
  forOwnOrigins?: boolean;
};

/** An error answer in the API's own format; without a body if the API sends none. */
export type Answer = { status: number; headers?: Record<string, string>; body?: unknown; contentType?: string };

/** One API: its paths, its routes and its error format. */
export type Api = {
  /** Errors at this path and below it have this API's format. */
  root: string;
  prefixes: readonly string[];
  routes: readonly Route[];
  /** Where the API accepts access tokens for the registry (RFC 9728): at its prefixes and below them, or only at the prefixes. */
  protects?: 'all below' | 'itself';
  /** Pages and this API have paths with the same first segment. Otherwise Next gets no path that begins with the API's first segment. */
  sharedWithPages?: true;
  writeError: (error: RegistryError, path: string) => Answer;
  writeFault: (fault: Fault, path: string) => Answer;
};

/** The types of Hono's context variables and bindings. */
export type HonoEnv = {
  Variables: {
    requestId: string;
    network: string;
    /** The challenge of the 401, once a token is refused. */
    challenge?: string;
    /** The body, or its first bytes, once they are read. */
    sent?: Uint8Array;
  };
  Bindings: { incoming: IncomingMessage; outgoing: ServerResponse; outcome: { page?: string } };
};

/** A request and its answer while a handler works on them. */
export type Call = HonoContext<HonoEnv>;

/** Lets Next answer with the page at `target`. The browser keeps the request's URL. */
export function showPage(call: Call, target: string): Response {
  call.env.outcome.page = target;
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}
