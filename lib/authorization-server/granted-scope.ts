import { errors } from 'oidc-provider';

/** Scopes about a person, which a program that acts for itself has none of. */
const ofPeople: readonly string[] = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];

/**
 * What a program acting for itself is given: what it asks for, if all of it is registered; without asking, everything that is
 * registered (RFC 6749 §3.3). Throws `invalid_scope`.
 */
export function grantedScope(registered: readonly string[], asked: string | undefined): string | undefined {
  const offered = registered.filter((name) => !ofPeople.includes(name));
  const wanted = asked === undefined ? offered : [...new Set(asked.split(' '))];
  const refused = wanted.find((name) => !offered.includes(name));
  if (refused !== undefined)
    throw new errors.InvalidScope('requested scope is not registered for this client', refused);
  return wanted.length === 0 ? undefined : wanted.join(' ');
}
