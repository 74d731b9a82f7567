import type { Call } from '../call.ts';
import { readBearer } from '../credentials.ts';
import { fault } from '../problems.ts';

/**
 * The token of a call: in the Authorization header always, in the query of a GET, or as a member of a form that is posted,
 * put or deleted. Sent in more than one of these ways it is 400 (RFC 6750 §2).
 */
export function readToken(call: Call, form: Readonly<Record<string, string>> | undefined): string | undefined {
  const header = call.req.header('authorization');
  const reads = call.req.method === 'GET' || call.req.method === 'HEAD';
  const sent = [
    ...(header === undefined ? [] : [readBearer(header)]),
    ...(reads ? (call.req.queries('access_token') ?? []) : []),
    ...(form?.access_token === undefined ? [] : [form.access_token]),
  ];
  if (sent.length > 1) throw fault(400, 'Send the access token once, and in one way only.');
  return sent[0];
}
