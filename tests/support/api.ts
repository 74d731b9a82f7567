import type { Db } from '#db/client';
import { apiTokens } from '#db/schema/token';
import { hashCredential, mintCredential } from '#lib/credentials/index';
import { api } from '#lib/http/app';
import type { TokenScope } from '#lib/kernel/actor';
import type { Someone } from './actors.ts';

// Rate limits are never reached, unless a test sets the factor itself.
process.env.CLIENTELE_RATE_LIMIT_FACTOR ??= '1000';

type Ask = { token?: string | undefined; body?: unknown; headers?: Record<string, string> | undefined; from?: string };

/** Sends a request to the HTTP app; a body that is not a string is sent as JSON. */
export async function ask(method: string, path: string, { token, body, headers, from = '192.0.2.77' }: Ask = {}) {
  const answer = await api.request(path, {
    method,
    headers: {
      'x-clientele-network': from,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return answer;
}

export const everything: TokenScope[] = ['clients:read', 'clients:write', 'clients:secrets'];

/** Creates an API token of the person in the organization; returns its value. */
export async function aToken(
  db: Db,
  someone: Someone,
  organizationId: string,
  { scopes = everything, expiresAt = null }: { scopes?: TokenScope[]; expiresAt?: Date | null } = {},
): Promise<string> {
  const token = mintCredential('clt_pat_');
  await db.insert(apiTokens).values({
    organizationId,
    userId: someone.actor.userId,
    name: 'test',
    ...hashCredential(token),
    lastFour: token.slice(-4),
    scopes,
    expiresAt,
  });
  return token;
}
