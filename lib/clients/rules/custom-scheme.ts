import type { Issue } from '#lib/kernel/errors';
import { refusal } from './issue.ts';
import type { UriParts } from './uri.ts';

/** Schemes of well-known applications that are not a reversed domain (rule R9); CLIENTELE_REDIRECT_SCHEMES replaces this list. */
export const knownSchemes: readonly string[] = [
  'claude',
  'cursor',
  'goose',
  'jetbrains',
  'kiro',
  'vscode',
  'vscode-insiders',
  'windsurf',
  'zed',
];

const dangerousSchemes = new Set(
  [
    // They run code or read local data.
    'javascript vbscript livescript mocha data blob file filesystem about view-source jar content cid mid wyciwyg shell hcp help res',
    // Other protocols.
    'ws wss ftp ftps sftp ssh telnet ldap ldaps smb nfs gopher news nntp irc magnet feed webcal',
    // They start messages, calls or navigation.
    'mailto tel sms smsto mms mmsto callto facetime facetime-audio imessage geo maps',
    // Browsers, stores and other handlers of the system.
    'chrome chrome-extension chrome-search chrome-untrusted devtools edge brave opera resource moz-extension safari-extension',
    'safari-web-extension microsoft-edge googlechrome googlechromes firefox x-web-search search search-ms intent android-app',
    'market itms itms-apps itms-services itms-beta shortcuts shortcuts-production workflow prefs app-prefs app-settings',
  ].flatMap((line) => line.split(' ')),
);
const systemSchemes = /^(?:ms-|x-apple)/;

/** Rule R4: whether a scheme runs code, reads data or opens another program instead of returning a person to the application. */
export function isDangerousScheme(scheme: string): boolean {
  const name = scheme.toLowerCase();
  return dangerousSchemes.has(name) || systemSchemes.test(name);
}

/** Rule R9: a custom scheme is a reversed domain, in any form that RFC 3986 allows, or one of the listed exceptions. */
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
  if (parts.host === undefined && parts.path === '')
    return [refusal(field, 'R9', `Write where it leads after the scheme, such as ${parts.scheme}:/callback`)];
  return [...judgeUserinfo(parts, field), ...judgeAppHost(parts, field)];
}

function judgeAppHost({ host = '', port }: UriParts, field: string): Issue[] {
  if (port !== undefined && !(/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65535))
    return [refusal(field, 'R3', `Write the port as a number from 1 to 65535, or leave out ":${port}".`)];
  if (!/^[A-Za-z0-9._~-]*$/.test(host))
    return [refusal(field, 'R3', 'Write the host with letters, digits, dots and hyphens only.')];
  return [];
}

function judgeUserinfo({ userinfo }: UriParts, field: string): Issue[] {
  if (userinfo === undefined) return [];
  return [refusal(field, 'R3', `Remove "${userinfo}@": a user name or password may not be part of it.`)];
}

function judgeKnownScheme(parts: UriParts, field: string): Issue[] {
  const { scheme, host = '', path, port } = parts;
  if (parts.userinfo !== undefined) return judgeUserinfo(parts, field);
  if (port !== undefined || !/^[A-Za-z0-9._-]*$/.test(host) || (host === '' && path.replaceAll('/', '') === '')) {
    return [refusal(field, 'R9', `Write it as ${scheme.toLowerCase()}://name/path, without a port.`)];
  }
  return [];
}
