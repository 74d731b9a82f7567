import type { Person, Program } from '#lib/kernel/actor';
import { database } from '#lib/kernel/database';
import { authenticateBearer } from '#lib/tokens/index';
import type { Call } from './api.ts';
import { findHolder, readBound } from './possession.ts';
import { fault } from './problems.ts';

/** RFC 6750 §2.1: the token of an Authorization header, undefined when there is none or it is no Bearer token. */
export function readBearer(header: string | undefined): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*) *$/i.exec(header ?? '')?.[1];
}

/** Who a token speaks for that may call the registry: a person, or a client by itself. */
export type Speaker = Person | Program;

/**
 * Whose API or access token the call carries (in its Authorization header, unless told), or whose token that is bound to a key, with the
 * proof of it; undefined for a missing, malformed, unknown, expired or revoked one. Throws 400 for two tokens.
 */
export async function findCaller(
  call: Call,
  token = readBearer(call.req.header('authorization')),
): Promise<Speaker | undefined> {
  const bound = readBound(call.req.header('authorization'));
  if (bound !== undefined && token) throw fault(400, 'Send the access token once, and in one way only.');
  if (bound !== undefined) return findHolder(call, bound);
  return token === undefined ? undefined : authenticateBearer(database(), token);
}

/** Whom budgets count a caller as. */
export const nameOf = (speaker: Speaker | undefined): string | undefined =>
  speaker?.kind === 'program' ? speaker.clientId : speaker?.userId;
