import type { Issue } from '#lib/kernel/errors';
import type { ApplicationType, Environment } from '../client.ts';
import { isDangerousScheme, judgeCustomScheme, knownSchemes } from './custom-scheme.ts';
import { finding, refusal } from './issue.ts';
import {
  hasDotSegment,
  isDisguisedLoopback,
  isLoopbackHost,
  judgePathAndQuery,
  judgeUriText,
  lowerCaseForm,
  splitUri,
  type UriParts,
  uriLengthMax,
} from './uri.ts';
import { secondUriIn, splitPastedUris, unwrapUri } from './uri-paste.ts';
import { judgeWebAuthority } from './web-uri.ts';

/** The properties of a client that decide whether a redirect URI is accepted. */
export type RedirectContext = {
  applicationType: ApplicationType;
  environment: Environment;
  /** The client always authenticates with its secret or key. */
  confidential: boolean;
  /** Schemes that are accepted although they are not a reversed domain (rule R9). */
  allowedSchemes?: readonly string[];
};

/** Rules R1–R12 on one raw string. Returns refusals, or findings if the string is accepted. The string is never changed; the message contains the fix. */
export function judgeRedirectUri(raw: string, context: RedirectContext, field = 'redirectUris'): Issue[] {
  const pasted = judgePaste(raw, field);
  if (pasted.length > 0) return pasted;
  const unreadable = judgeUriText(raw, field);
  if (unreadable.length > 0) return unreadable;
  const parts = splitUri(raw);
  if (parts === undefined) return [judgeIncomplete(raw, field)];
  if (isDangerousScheme(parts.scheme)) {
    return [refusal(field, 'R4', `"${parts.scheme}:" is never accepted; use https.`)];
  }
  const refusals = [...judgeParts(parts, raw, field), ...judgeScheme(parts, raw, context, field)];
  return refusals.length > 0 ? refusals : findings(parts, raw, context, field);
}

/** Several URIs in one string, or other text around a URI. The message must not suggest to percent-encode these characters. */
function judgePaste(raw: string, field: string): Issue[] {
  if (raw.length > uriLengthMax) return [];
  const several = splitPastedUris(raw);
  if (several.length > 1 && /[\s"'<>]/.test(raw))
    return [refusal(field, 'R1', `Register each URI on its own: ${several.slice(0, 3).join(' · ')}`)];
  const bare = unwrapUri(raw);
  const visible = raw.replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '').trim();
  if (bare === visible || splitUri(bare) === undefined) return [];
  return [refusal(field, 'R1', `Remove what stands around the URI: ${bare}`)];
}

function judgeIncomplete(raw: string, field: string): Issue {
  const [, name] = /^([A-Za-z][A-Za-z0-9+._-]*):/.exec(raw) ?? [];
  if (name?.includes('_'))
    return refusal(field, 'R1', `Remove "_" from "${name}": a scheme has letters, digits, "+", "-" and "." only.`);
  if (looksLikeHost(raw))
    return refusal(field, 'R1', `Write the complete URI with its scheme: https://${raw.replace(/^\/+/, '')}`);
  return refusal(field, 'R1', 'Write the complete URI, such as https://app.example.com/callback.');
}

/** Whether a text without a scheme begins with a host: `app.example.com/cb`, `//example.com`, `localhost:3000`. */
export const looksLikeHost = (raw: string): boolean =>
  /^(?:\/\/)?(?:[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+|localhost)(?=[:/?#]|$)/iu.test(raw) || /^\/\/\[/.test(raw);

function judgeParts(parts: UriParts, raw: string, field: string): Issue[] {
  const issues: Issue[] = [];
  if (parts.fragment !== undefined) {
    issues.push(refusal(field, 'R2', `Remove "#" and what follows: ${raw.slice(0, raw.indexOf('#'))}`));
  }
  if (hasDotSegment(parts.path)) issues.push(refusal(field, 'R3', 'Remove the "." or ".." segment from the path.'));
  if (`${parts.path}${parts.query ?? ''}`.includes('*')) {
    issues.push(refusal(field, 'R12', 'Register each complete URI: wildcards are not accepted.'));
  }
  return [...issues, ...judgePathAndQuery(parts, field)];
}

function judgeScheme(parts: UriParts, raw: string, context: RedirectContext, field: string): Issue[] {
  const scheme = parts.scheme.toLowerCase();
  if (scheme === 'https' || scheme === 'http') {
    const issues = judgeWebAuthority(parts, raw, field);
    if (issues.length > 0) return issues;
    return scheme === 'https' ? judgeHttps(parts, context, field) : judgeHttp(parts, raw, context, field);
  }
  const { allowedSchemes = knownSchemes } = context;
  if (!isInstalled(context)) {
    return [
      refusal(
        field,
        context.applicationType === 'web' ? 'R6' : 'R5',
        'Use https; only a native application may use a scheme of its own.',
      ),
    ];
  }
  if (context.confidential && !allowedSchemes.includes(scheme)) {
    return [
      refusal(
        field,
        'R6',
        'Use https, or make the client public: a custom scheme cannot protect a client with a secret.',
      ),
    ];
  }
  return judgeCustomScheme(parts, allowedSchemes, field);
}

function judgeHttps({ host = '' }: UriParts, context: RedirectContext, field: string): Issue[] {
  if (!isInstalled(context) || !(isLoopbackHost(host) || isDisguisedLoopback(host))) return [];
  return [refusal(field, 'R7', 'Use http://127.0.0.1 for a loopback redirect of a native application.')];
}

function judgeHttp({ host = '' }: UriParts, raw: string, context: RedirectContext, field: string): Issue[] {
  if (isDisguisedLoopback(host)) {
    return [refusal(field, 'R11', `${host} is not accepted as this machine; write 127.0.0.1, [::1] or localhost.`)];
  }
  if (!isLoopbackHost(host)) return [refusal(field, 'R5', `Use https: https${raw.slice(4)}`)];
  if (context.environment === 'development') return [];
  if (!isInstalled(context)) {
    return [
      refusal(field, 'R8', 'Use https; http on this machine is only for clients of the development environment.'),
    ];
  }
  if (!context.confidential) return [];
  return [
    refusal(
      field,
      'R6',
      'Use https, or make the client public: http on this machine cannot protect a client with a secret.',
    ),
  ];
}

function findings(parts: UriParts, raw: string, context: RedirectContext, field: string): Issue[] {
  const { scheme, host = '', port, path, query } = parts;
  const issues: Issue[] = [];
  if (lowerCaseForm(raw) !== raw) {
    issues.push(finding(field, 'R10', `It matches letter by letter; most programs will send ${lowerCaseForm(raw)}`));
  }
  if (path === '' && /^https?$/i.test(scheme)) {
    const start = raw.split('?', 1)[0] ?? raw;
    issues.push(
      finding(
        field,
        'R10',
        `It differs from ${start}/, which many programs send instead; register the one that yours sends.`,
      ),
    );
  }
  if (query === '')
    issues.push(finding(field, 'R10', `It matches only with its "?"; most programs will send ${raw.slice(0, -1)}`));
  if (scheme.toLowerCase() === 'https' && port === '443') {
    issues.push(
      finding(
        field,
        'R10',
        `Most programs leave out ":443" and then do not match; register ${raw.replace(':443', '')}`,
      ),
    );
  }
  const second = secondUriIn(raw);
  if (second !== undefined) {
    issues.push(finding(field, 'R1', `It contains a second URI, ${second}. Register a second URI on its own.`));
  }
  const onThisMachine = scheme.toLowerCase() === 'https' && (isLoopbackHost(host) || isDisguisedLoopback(host));
  if (onThisMachine || (isInstalled(context) && host.toLowerCase() === 'localhost')) {
    issues.push(
      finding(
        field,
        'R8',
        onThisMachine
          ? 'It leads to the own machine of whoever signs in.'
          : port === undefined
            ? 'Prefer http://127.0.0.1: "localhost" may resolve to another machine.'
            : 'Prefer http://127.0.0.1: "localhost" may resolve to another machine, and its port must match exactly.',
      ),
    );
  }
  return issues;
}

/** Whether the client runs on the person's device, where a loopback or custom-scheme redirect reaches it (RFC 8252). */
function isInstalled({ applicationType }: RedirectContext): boolean {
  return applicationType === 'native' || applicationType === 'device';
}
