import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { askedWho } from '#lib/portal/page-status';

const redirections = [301, 302, 307, 308];

/**
 * Corrects the status and headers of every answer before they are sent:
 * - a redirection after a form is 303, so that no browser sends the form to the redirection's target (rule A4);
 * - a 503 has a Retry-After header;
 * - a 500 for a form is 400 if the error came before our code looked up who sent it: Next could not read the form.
 */
export function correctAnswer({ method }: IncomingMessage, response: ServerResponse, isPage: boolean): void {
  const isForm = method !== 'GET' && method !== 'HEAD';
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  const correct = (status: number) => {
    if (isForm && redirections.includes(status)) return 303;
    return isPage && isForm && status === 500 && !askedWho(response) ? 400 : status;
  };
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status === 503 && !response.hasHeader('retry-after')) response.setHeader('retry-after', '2');
    const sent = correct(status);
    writeHead(sent, ...rest);
    // Next sets its own status once more afterwards; the log must have the status that was sent.
    Object.defineProperty(response, 'statusCode', { get: () => sent, set: () => undefined });
    return response;
  };
}

/** Adds a request header to Vary, and keeps it there when a framework sets its own Vary later. */
export function varyBy(response: ServerResponse, header: string): void {
  const setHeader = response.setHeader.bind(response);
  const withOurs = (value: string) => (value.includes(header) ? value : `${header}, ${value}`);
  response.setHeader = (name, value) =>
    setHeader(name, name.toLowerCase() === 'vary' ? withOurs([value].flat().join(', ')) : value);
  response.appendHeader('vary', header);
}

/** The Content-Security-Policy of an answer for programs: a browser that shows the answer loads nothing. */
export const policyForPrograms = "default-src 'none'; frame-ancestors 'none'";

/** The Content-Security-Policy of one page view. Next puts the nonce on our scripts and styles. */
export function policyForPage(path: string, dev: boolean): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  // Browsers apply form-action to every redirect after a form. The forms of these two pages redirect to the client.
  if (!path.startsWith('/consent/') && path !== '/sign-out') policy.push("form-action 'self'");
  return policy.join('; ');
}
