import type { Issue } from '../errors.ts';
import { jwtLifetimeSecondsMax, type Resource } from './resource.ts';

const uriLengthMax = 2048;

/** RFC 8707 §2: an absolute URI without a fragment, in the characters of RFC 3986. */
export function judgeResourceUri(uri: string): Issue[] {
  const refuse = (message: string) => [{ field: 'uri', rule: 'resource_uri', message }];
  if (uri.includes('#')) return refuse('Leave the fragment (#…) out.');
  if (uri.length > uriLengthMax) return refuse(`Shorten it to ${uriLengthMax} characters or fewer.`);
  if (!/^[a-z][a-z0-9+.-]*:[!"$-~]+$/i.test(uri) || !URL.canParse(uri))
    return refuse('Write an absolute URI, like https://api.example.com.');
  const { username, password } = new URL(uri);
  return username || password ? refuse('Leave the user and the password out.') : [];
}

/** For userinfo and for refreshing, wherever a token is good. */
const neverOffered: readonly string[] = ['openid', 'offline_access'];

/** What it may offer and give out; `catalogue` has the scopes that there are. */
export function judgeOffer(
  { scopes, accessTokenFormat, lifetimeSeconds }: Pick<Resource, 'scopes' | 'accessTokenFormat' | 'lifetimeSeconds'>,
  catalogue: ReadonlySet<string>,
): Issue[] {
  const refuse = (message: string) => ({ field: 'scopes', rule: 'scope', message });
  const issues: Issue[] = scopes.flatMap((name) => {
    if (!catalogue.has(name)) return [refuse(`There is no scope ${JSON.stringify(name)}.`)];
    return neverOffered.includes(name) ? [refuse(`Leave ${name} out: no resource offers it.`)] : [];
  });
  if (scopes.length === 0) issues.push(refuse('Name at least one scope.'));
  if (lifetimeSeconds === null) return issues;
  const max = accessTokenFormat === 'jwt' ? jwtLifetimeSecondsMax : 365 * 24 * 3600;
  if (!(Number.isInteger(lifetimeSeconds) && lifetimeSeconds >= 1 && lifetimeSeconds <= max))
    issues.push({ field: 'lifetimeSeconds', rule: 'lifetime', message: `Choose 1 to ${max} seconds.` });
  return issues;
}
