import type { Issue } from '#lib/errors';
import { refusal } from './issue.ts';
import type { UriParts } from './uri.ts';

/** Schemes of well-known applications that are not in reverse-domain order (rule R9's named exceptions). */
export const knownSchemes: readonly string[] = ['claude', 'cursor', 'vscode', 'vscode-insiders', 'windsurf', 'zed'];

const dangerousSchemes = new Set(
  'javascript vbscript livescript data blob file about filesystem view-source intent ws wss ftp mailto tel sms jar chrome chrome-extension resource'.split(
    ' ',
  ),
);

/** Rule R4: schemes that run, read or leave something instead of bringing a person back to an application. */
export function isDangerousScheme(scheme: string): boolean {
  return dangerousSchemes.has(scheme.toLowerCase());
}

/** Rule R9: `com.example.app:/callback`, or one of the named exceptions in the form its application uses. */
export function judgeCustomScheme(parts: UriParts, allowedSchemes: readonly string[], field: string): Issue[] {
  const scheme = parts.scheme.toLowerCase();
  if (allowedSchemes.includes(scheme)) return judgeKnownScheme(parts, field);
  if (!scheme.includes('.')) {
    return [
      refusal(
        field,
        'R9',
        `Use a domain of yours in reverse order as the scheme, such as com.example.${scheme.replace(/[^a-z0-9]/g, '')}:/callback`,
      ),
    ];
  }
  if (!/^[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+$/.test(scheme)) {
    return [refusal(field, 'R9', 'Write the scheme as a domain in reverse order, such as com.example.app')];
  }
  if (parts.host !== undefined || !parts.path.startsWith('/')) {
    const path = [parts.host, parts.path.replace(/^\//, '')].filter(Boolean).join('/');
    return [refusal(field, 'R9', `Write one slash after the scheme: ${parts.scheme}:/${path}`)];
  }
  return [];
}

function judgeKnownScheme({ scheme, host = '', path, port, userinfo }: UriParts, field: string): Issue[] {
  if (userinfo !== undefined)
    return [refusal(field, 'R3', `Remove "${userinfo}@": a user name or password may not be part of it.`)];
  if (port !== undefined || !/^[A-Za-z0-9._-]*$/.test(host) || (host === '' && path.replaceAll('/', '') === '')) {
    return [refusal(field, 'R9', `Write it as ${scheme.toLowerCase()}://name/path, without a port.`)];
  }
  return [];
}
