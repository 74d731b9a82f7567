import { decodeJwt } from 'jose';
import { selectClientOfToken } from '#db/queries/artifacts';
import { findOwnedClient } from '../clients/index.ts';
import type { Context } from '../context.ts';
import { everyHash } from '../credentials/index.ts';
import { answerVouched } from './answer.ts';

/**
 * What the authorization server says of a token to the client that it was given to (RFC 7662), told to who may see that client in the
 * registry; undefined for a token of any other client, and for what is no token.
 */
export async function introspectOwned(
  ctx: Context,
  { token, hint }: { token: string; hint: string | null },
): Promise<object | undefined> {
  const clientId = (await selectClientOfToken(ctx.db, everyHash(token))) ?? claimedClientOf(token);
  const client = clientId === undefined ? undefined : await findOwnedClient(ctx, clientId);
  if (!client) return undefined;
  const parameters = new URLSearchParams({ token, ...(hint !== null && { token_type_hint: hint }) });
  const asked = { endpoint: 'introspection', parameters, network: ctx.network } as const;
  const { status, body } = await answerVouched(client.metadataUrl ?? client.clientId, asked);
  return status === 200 && typeof body === 'object' && body !== null ? body : undefined;
}

/** Of an access token that is a JWT nothing is kept; who is asked about it judges it. */
function claimedClientOf(token: string): string | undefined {
  try {
    const { client_id: clientId } = decodeJwt(token);
    return typeof clientId === 'string' ? clientId : undefined;
  } catch {
    return undefined; // no JWT
  }
}
