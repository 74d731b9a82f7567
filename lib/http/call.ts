import type { Context as HonoContext } from 'hono';

/** What every request is given at the door: a name, and the network it came from; and on its way why its token is refused, if that is known. */
export type Named = { Variables: { requestId: string; network: string; challenge?: string } };

/** A request on its way. */
export type Call = HonoContext<Named>;
