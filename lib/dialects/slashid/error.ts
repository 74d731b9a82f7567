import { remedyWithRule } from '#lib/clients/rules';
import { type Fault, type Issue, type RegistryError, retryAfter } from '#lib/kernel/errors';
import { wireNameOf } from './wire.ts';

/** Writes an error in this API's envelope: one entry for each mistake, and no result. */
export function writeFault({ status, detail, headers }: Fault) {
  return { status, ...(headers && { headers }), body: envelope(status, [detail]) };
}

/** Writes a core error in this API's shape. */
export function writeError(error: RegistryError) {
  const status = statusOf(error);
  const texts = error.issues.length > 0 ? error.issues.map(writeIssue) : [messageOf(error)];
  return { status, headers: headersOf(error), body: envelope(status, texts) };
}

const messageOf = ({ code, message }: RegistryError) =>
  code === 'unauthenticated' ? 'Send a valid API key in the header SlashID-API-Key.' : message;

const headersOf = (error: RegistryError): Record<string, string> =>
  error.code === 'unauthenticated' ? { 'www-authenticate': 'SlashID-API-Key' } : (retryAfter(error).headers ?? {});

const envelope = (httpcode: number, messages: readonly string[]) => ({
  errors: messages.map((message) => ({ httpcode, message })),
});

function statusOf({ code }: RegistryError): number {
  switch (code) {
    case 'unauthenticated':
      return 401;
    case 'forbidden':
      return 403;
    case 'not_found':
      return 404;
    case 'rate_limited':
      return 429;
    // This API declares no 409.
    case 'conflict':
    case 'limit_reached':
    case 'invalid_metadata':
    case 'invalid_redirect_uri':
      return 400;
  }
}

const writeIssue = (issue: Issue) => `${wireNameOf(issue.field)}: ${remedyWithRule(issue)}`;
