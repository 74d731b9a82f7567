import { refusalsOf } from './issue.ts';
import { judgeRedirectUri, type RedirectContext } from './redirect-uri.ts';
import { lowerCaseForm, splitUri } from './uri.ts';

type Repair = (raw: string, context: RedirectContext) => string;

/** Each takes away one fault and leaves everything else as typed. */
const repairs: readonly Repair[] = [
  (raw) => raw.trim(),
  (raw, context) =>
    mayBeLoopback(context) ? raw.replace(/^(?=(?:localhost|127\.0\.0\.1)(?::\d+)?(?:\/|$))/i, 'http://') : raw,
  (raw) => (splitUri(raw) || !/^(?:\/\/)?[\p{L}\p{N}]/u.test(raw) ? raw : `https://${raw.replace(/^\/+/, '')}`),
  (raw) => raw.replace(/^(https?):\/*(?=[^/])/i, '$1://'),
  (raw) => raw.replace(/#.*$/s, ''),
  lowerCaseForm,
  asciiHost,
  (raw) => raw.replace(/^(https?:\/\/[^/?#:@]*?)\.+(?=[/?#:]|$)/, '$1'),
  (raw, context) => (acceptable(raw, context) || loopback.test(raw) ? raw : raw.replace(/^http:/, 'https:')),
  (raw, context) => (mayBeLoopback(context) && loopback.test(raw) ? raw.replace(/^https:/, 'http:') : raw),
  (raw) => raw.replace(/^(?!https?:)([a-z0-9-]+(?:\.[a-z0-9-]+)+):\/{2,}/, '$1:/'),
  (raw) => raw.replaceAll(' ', '%20'),
];

const loopback = /^https?:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?:[:/?]|$)/;

/** What the rule book would accept instead of a refused redirect URI, when that is only a matter of spelling; undefined when its owner has to decide. */
export function suggestRedirectUri(raw: string, context: RedirectContext): string | undefined {
  if (acceptable(raw, context)) return undefined;
  const repaired = repairs.reduce((text, repair) => repair(text, context), raw);
  return repaired !== raw && acceptable(repaired, context) ? repaired : undefined;
}

const acceptable = (raw: string, context: RedirectContext) => refusalsOf(judgeRedirectUri(raw, context)).length === 0;

const mayBeLoopback = ({ applicationType, environment }: RedirectContext) =>
  environment === 'development' || applicationType === 'native';

function asciiHost(raw: string): string {
  const host = splitUri(raw)?.host;
  if (!host || !/[^\p{ASCII}]/u.test(host) || !URL.canParse(`https://${host}/`)) return raw;
  return raw.replace(host, new URL(`https://${host}/`).hostname);
}
