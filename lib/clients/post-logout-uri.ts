import type { Issue } from '#lib/errors';
import { finding, refusalsOf } from './issue.ts';
import type { RedirectContext } from './redirect-uri.ts';
import { judgeRedirectUris } from './redirect-uris.ts';
import { splitUri } from './uri.ts';

const field = 'postLogoutRedirectUris';

/** Rule R15: the rules of redirect URIs; a host that is no redirect URI's host is a finding, never a refusal. */
export function judgePostLogoutUris(
  list: readonly string[],
  context: RedirectContext & { max?: number; redirectUris: readonly string[] },
): Issue[] {
  const homes = new Set(context.redirectUris.map(homeOf).filter((home) => home !== undefined));
  const issues = judgeRedirectUris(list, { ...context, field, required: false });
  if (homes.size === 0) return issues;
  const refused = new Set(refusalsOf(issues).map((issue) => issue.field));
  const foreign = list.flatMap((raw, index) => {
    const home = homeOf(raw);
    if (home === undefined || homes.has(home) || refused.has(`${field}.${index}`)) return [];
    return [finding(`${field}.${index}`, 'R15', `No redirect URI leads to ${home}; check that it is yours.`)];
  });
  return [...issues, ...foreign];
}

/** Where a URI leads: its host, or its scheme when it has none. */
function homeOf(raw: string): string | undefined {
  const parts = splitUri(raw);
  return (parts?.host ?? parts?.scheme)?.toLowerCase();
}
