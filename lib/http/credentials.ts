import type { Person, Program } from '../actor.ts';
import { database } from '../database.ts';
import { env } from '../env.ts';
import { isRegistryPath } from '../resources/rules.ts';
import { authenticateBearer } from '../tokens/index.ts';
import type { Call } from './call.ts';

/** RFC 6750 §2.1: the token of an Authorization header, undefined when there is none or it is no Bearer token. */
export function readBearer(header: string | undefined): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*) *$/i.exec(header ?? '')?.[1];
}

/** Who a token speaks for that may call the registry: a person, or a client by itself. */
export type Speaker = Person | Program;

/** Whose API or access token the call carries (in its Authorization header, unless told); undefined for a missing, malformed, unknown, expired or revoked one. */
export async function findCaller(
  call: Call,
  token = readBearer(call.req.header('authorization')),
): Promise<Speaker | undefined> {
  return token === undefined ? undefined : authenticateBearer(database(), token);
}

/** Whom budgets count a caller as. */
export const nameOf = (speaker: Speaker | undefined): string | undefined =>
  speaker?.kind === 'program' ? speaker.clientId : speaker?.userId;

/** RFC 6750 §3: what a 401 answers, and why when a credential was sent. */
export function challenge(call: Call): string {
  return call.req.header('authorization') === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
}

/** RFC 9728 §5.1: where it is written which authorization server to ask, of the URL that was called. */
export function withMetadata(challenge: string, call: Call): string {
  const path = new URL(call.req.url).pathname;
  if (!isRegistryPath(path)) return challenge;
  const metadata = `resource_metadata="${env().appUrl}${metadataPath}${path}"`;
  return `${challenge}${challenge.includes(' ') ? ',' : ''} ${metadata}`;
}

/** RFC 9728 §3 */
export const metadataPath = '/.well-known/oauth-protected-resource';
