import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context as HonoContext } from 'hono';
import type { RegistryError } from '#lib/kernel/errors';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `path` follows each of the API's prefixes; literal segments stand in the table before `:parameters`. */
export type Route = {
  method: Method;
  path: string;
  answer: (call: Call) => Promise<Response>;
  /** Anyone's browser may read it, from any origin, and keep it as long as the ETag holds. */
  open?: boolean;
  /** A program in a browser may call it, from any origin; its credential is a header that no browser sends by itself. */
  forBrowsers?: boolean;
  /** A program in a browser may ask from any origin; the answer itself says whether that origin may read it. */
  forOwnOrigins?: boolean;
};

/** An answer in the API's own shape; without a body when that API sends none. */
export type Answer = { status: number; headers?: Record<string, string>; body?: unknown; contentType?: string };

/** What went wrong before or beside the core: the status and words fit for the caller. Each API gives it its own shape. */
export type Fault = { status: number; detail: string; headers?: Record<string, string> };

/** One vendor's API: where it lives, what it answers, and how it says no. */
export type Api = {
  /** Every path at or below it is answered in this API's shape. */
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

/** Leaves the answer to the page at `target`, under the address that was asked for. */
export function showPage(call: Call, target: string): Response {
  call.env.outcome.page = target;
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}
