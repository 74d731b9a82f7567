import { randomBytes } from 'node:crypto';

/** An answer for a program loads nothing, wherever it is shown. */
export const policyForPrograms = "default-src 'none'; frame-ancestors 'none'";

/** The Content-Security-Policy of one page view: scripts and styles are ours by the nonce that Next puts on them. */
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
  // Browsers apply form-action to every redirect of a form: those that end a consent or a session lead to the client.
  if (!path.startsWith('/consent/') && path !== '/sign-out') policy.push("form-action 'self'");
  return policy.join('; ');
}
