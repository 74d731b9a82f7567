import type { Issue } from '#lib/kernel/errors';
import type { ApplicationType } from '../client.ts';
import { refusal, refusalsOf } from './issue.ts';
import { judgeRedirectUri, looksLikeHost, type RedirectContext } from './redirect-uri.ts';
import { lowerCaseForm, splitUri, uriLengthMax } from './uri.ts';
import { secondUriIn, splitPastedUris, unwrapUri } from './uri-paste.ts';

export const redirectUriMax = 20;

type ListContext = RedirectContext & {
  /** The list's field; the same rules apply to post-logout redirect URIs (R15). */
  field?: string;
  max?: number;
  /** Rule R13: the list may not be empty. */
  required?: boolean;
};

/** Rules R1–R13 on a whole list. One refused URI refuses the list; the issue's field contains its index (rule R17). */
export function judgeRedirectUris(list: readonly string[], context: ListContext): Issue[] {
  const { field = 'redirectUris', max = redirectUriMax, required = false } = context;
  if (required && list.length === 0) {
    return [refusal(field, 'R13', 'Register at least one redirect URI: the authorization code is sent there.')];
  }
  if (list.length > max) return [refusal(field, 'R3', `Register at most ${max} URIs.`)];
  return list.flatMap((raw, index) => {
    const first = list.indexOf(raw);
    if (first < index) return [refusal(`${field}.${index}`, 'R3', `Remove it: it repeats number ${first + 1}.`)];
    return judgeRedirectUri(raw, context, `${field}.${index}`);
  });
}

const loopbackIp = /^http:\/\/(?:127\.0\.0\.1|\[::1\])(?::(\d+))?(?=[/?]|$)/;
const localhost = /^http:\/\/localhost(?::(\d+))?(?=[/?]|$)/;
const portlessLocalhost = /^http:\/\/localhost(?=[/?]|$)/;

/**
 * Rule R10: whether a requested redirect URI matches the registered one. Strings are compared exactly, except for the port of an
 * `http` URI on a loopback address (RFC 8252 §7.3). For a native client, `localhost` registered without a port also matches any
 * port, because the client listens on a free one (rule R8).
 */
export function redirectUriMatches(
  registered: string,
  requested: string,
  { applicationType }: { applicationType?: ApplicationType } = {},
): boolean {
  if (registered === requested) return true;
  const byName = applicationType === 'native' && portlessLocalhost.test(registered);
  const host = byName ? localhost : loopbackIp;
  const known = host.exec(registered);
  const asked = host.exec(requested);
  if (!known || !asked || !isPort(asked[1])) return false;
  return withoutPort(registered, known) === withoutPort(requested, asked);
}

function withoutPort(uri: string, [start, port]: RegExpExecArray): string {
  return (port === undefined ? start : start.slice(0, -port.length - 1)) + uri.slice(start.length);
}

function isPort(text: string | undefined): boolean {
  return text === undefined || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535);
}

type Repair = (raw: string, context: RedirectContext) => string;

/** Each repair removes one fault and changes nothing else. */
const repairs: readonly Repair[] = [
  unwrapUri,
  (raw, context) =>
    mayBeLoopback(context) ? raw.replace(/^(?=(?:localhost|127\.0\.0\.1)(?::\d+)?(?:\/|$))/i, 'http://') : raw,
  (raw) => (splitUri(raw) || !looksLikeHost(raw) ? raw : `https://${raw.replace(/^\/+/, '')}`),
  (raw) => raw.replace(/^(https?):\/*(?=[^/])/i, '$1://'),
  (raw) => raw.replace(/#.*$/s, ''),
  lowerCaseForm,
  asciiHost,
  (raw) => raw.replace(/^(https?:\/\/[^/?#:@]*?)\.+(?=[/?#:]|$)/, '$1'),
  (raw, context) => (acceptable(raw, context) || loopback.test(raw) ? raw : raw.replace(/^http:/, 'https:')),
  (raw, context) => (mayBeLoopback(context) && loopback.test(raw) ? raw.replace(/^https:/, 'http:') : raw),
  (raw) => raw.replaceAll(' ', '%20'),
];

const loopback = /^https?:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?:[:/?]|$)/;

/** Returns the accepted spelling of a refused redirect URI, or undefined if the fault is more than the spelling. */
export function suggestRedirectUri(raw: string, context: RedirectContext): string | undefined {
  if (raw.length > uriLengthMax || acceptable(raw, context) || splitPastedUris(raw).length > 1) return undefined;
  const repaired = repairs.reduce((text, repair) => repair(text, context), raw);
  const meant = repaired !== raw && secondUriIn(repaired) === undefined;
  return meant && acceptable(repaired, context) ? repaired : undefined;
}

const acceptable = (raw: string, context: RedirectContext) => refusalsOf(judgeRedirectUri(raw, context)).length === 0;

const mayBeLoopback = ({ applicationType, environment }: RedirectContext) =>
  environment === 'development' || applicationType === 'native';

function asciiHost(raw: string): string {
  const host = splitUri(raw)?.host;
  if (!host || !/[^\p{ASCII}]/u.test(host) || !URL.canParse(`https://${host}/`)) return raw;
  return raw.replace(host, new URL(`https://${host}/`).hostname);
}
