import { remedyWithRule } from '#lib/clients/rules';
import { type Fault, type RegistryError, retryAfter } from '#lib/kernel/errors';
import { wireNameOf, writeIssue } from './wire.ts';

const codes: Readonly<Record<number, string>> = {
  400: 'invalid_client_metadata',
  401: 'invalid_token',
  403: 'access_denied',
  404: 'not_found',
  429: 'too_many_requests',
  500: 'server_error',
  503: 'temporarily_unavailable',
};

/** Writes an error of RFC 7591 §3.2.2: a code and a sentence. */
export function writeFault({ status, detail, headers }: Fault) {
  return {
    status,
    ...(headers && { headers }),
    body: { error: codes[status] ?? 'invalid_request', error_description: detail },
  };
}

/** Writes a core error. The sentence names every wrong member; `errors` also has the rule of each. */
export function writeError(error: RegistryError) {
  const status = statusOf(error);
  const issues = issuesOf(error);
  const code = codeOf(error);
  const answer = writeFault({
    status,
    detail: issues.length > 0 ? sentenceOf(issues) : error.message,
    ...retryAfter(error),
  });
  const errors = error.issues.map(writeIssue);
  return { ...answer, body: { ...answer.body, ...(code && { error: code }), ...(errors.length > 0 && { errors }) } };
}

/** One sentence with each wrong member and its message. */
const sentenceOf = (wrong: ReturnType<typeof issuesOf>): string =>
  wrong.map(({ name, message }) => (name === '' ? message : `${name}: ${message}`)).join(' ');

/** Like `sentenceOf`, with the rule after each message, for answers without a member for the rule. */
export function sentenceWithRules(error: RegistryError): string {
  const withRules = error.issues.map((issue) => ({ name: writeIssue(issue).field, message: remedyWithRule(issue) }));
  return sentenceOf(withRules.length > 0 ? withRules : issuesOf(error));
}

/** The wire name and the message of each wrong member. */
export function issuesOf({ issues, field, message }: RegistryError): { name: string; message: string }[] {
  if (issues.length === 0) return field ? [{ name: wireNameOf(field), message }] : [];
  return issues.map(writeIssue).map((issue) => ({ name: issue.field, message: issue.message }));
}

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
    case 'conflict':
    case 'limit_reached':
    case 'invalid_metadata':
    case 'invalid_redirect_uri':
      return 400;
  }
}

function codeOf({ code, issues }: RegistryError): string | undefined {
  if (code === 'invalid_redirect_uri') return code;
  const statement = issues.find(({ field }) => field === 'softwareStatement');
  return statement?.rule;
}

/** Like `writeError`, with the `invalid_fields` that Telnyx documents: a 400 has the messages of each wrong member. */
export function writeErrorWithFields(error: RegistryError) {
  const answer = writeError(error);
  if (answer.status !== 400) return answer;
  const byMember = Map.groupBy(issuesOf(error), ({ name }) => name.split('.')[0] ?? name);
  const messages = [...byMember].map(([name, wrong]) => [name, wrong.map(({ message }) => message)] as const);
  return { ...answer, body: { ...answer.body, invalid_fields: Object.fromEntries(messages) } };
}
