import type { Call } from '../call.ts';
import { fault } from '../problems.ts';

/** RFC 9110 §13.1.2: whether a reader has this representation already. */
export function isUnchanged(call: Call, etag: string | undefined): boolean {
  const { method } = call.req;
  const known = call.req.header('if-none-match');
  if (etag === undefined || known === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
  return tagsOf(known).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}

/**
 * RFC 9110 §13.1.1: the version that the caller's If-Match lets be changed, undefined when any will do. Of several versions the
 * present one counts, of which `current` is asked only then. Throws 412 when the header names none.
 */
export async function readIfMatch(call: Call, current: () => Promise<number>): Promise<{ version?: number }> {
  const header = call.req.header('if-match');
  if (header === undefined) return {};
  const tags = tagsOf(header);
  if (tags.includes('*')) return {};
  const versions = tags.flatMap((tag) => /^"(\d{1,9})(?:\.[0-9a-z]+){0,2}"$/.exec(tag)?.[1] ?? []).map(Number);
  const [version] = versions;
  if (version === undefined) throw fault(412, 'If-Match names no version of a client. Send the ETag as you read it.');
  if (versions.length === 1) return { version };
  const present = await current();
  return { version: versions.includes(present) ? present : version };
}

const tagsOf = (header: string) => header.split(',').map((tag) => tag.trim());
