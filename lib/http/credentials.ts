import type { Person } from '../actor.ts';
import { database } from '../database.ts';
import { authenticateToken } from '../tokens/index.ts';
import type { Call } from './call.ts';

/** RFC 6750 §2.1: the token of an Authorization header, undefined when there is none or it is no Bearer token. */
export function readBearer(header: string | undefined): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*) *$/i.exec(header ?? '')?.[1];
}

/** The person whose API token the call carries (in its Authorization header, unless told); undefined for a missing, malformed, unknown, expired or revoked one. */
export async function findCaller(
  call: Call,
  token = readBearer(call.req.header('authorization')),
): Promise<Person | undefined> {
  return token === undefined ? undefined : authenticateToken(database(), token);
}

/** RFC 6750 §3: what a 401 answers, and why when a credential was sent. */
export function challenge(call: Call): string {
  return call.req.header('authorization') === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
}
