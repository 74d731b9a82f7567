import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { callingOrigins } from '../clients/rules.ts';
import { clientOf } from './registered-client.ts';

const shownMax = 200;

/**
 * Whether a page at `origin` may call for the client. The refusal names the origin and the remedy, and any page may read it, since a
 * browser would show its developer nothing else; it holds nothing of the client. Throws `invalid_request`.
 */
export function requireCallingOrigin(ctx: KoaContextWithOIDC, origin: string, { clientId }: Client): true {
  if (callingOrigins(clientOf(clientId)).includes(origin)) return true;
  ctx.set('access-control-allow-origin', '*');
  throw new errors.InvalidRequest(
    `pages at ${origin.slice(0, shownMax)} may not call this endpoint for this client: register it as an allowed origin or redirect URI of the client`,
  );
}
