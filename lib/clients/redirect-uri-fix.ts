import { refusalsOf } from './issue.ts';
import { judgeRedirectUri, looksLikeHost, type RedirectContext } from './redirect-uri.ts';
import { lowerCaseForm, splitUri, uriLengthMax } from './uri.ts';
import { anotherUriIn, splitPastedUris, unwrapUri } from './uri-paste.ts';

type Repair = (raw: string, context: RedirectContext) => string;

/** Each takes away one fault and leaves everything else as typed. */
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

/** What the rule book would accept instead of a refused redirect URI, when that is only a matter of spelling; undefined when its owner has to decide. */
export function suggestRedirectUri(raw: string, context: RedirectContext): string | undefined {
  if (raw.length > uriLengthMax || acceptable(raw, context) || splitPastedUris(raw).length > 1) return undefined;
  const repaired = repairs.reduce((text, repair) => repair(text, context), raw);
  const meant = repaired !== raw && anotherUriIn(repaired) === undefined;
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
