import type { Context as HonoContext } from 'hono';

/**
 * What every request is given at the door: a name, and the network it came from; and on its way why its token is refused, if that is
 * known, and the start of its body, if that was read.
 */
export type Named = { Variables: { requestId: string; network: string; challenge?: string; sent?: Uint8Array } };

/** A request on its way. */
export type Call = HonoContext<Named>;
