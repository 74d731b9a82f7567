import { errors } from 'oidc-provider';

/** Scopes about a person, which a program that acts for itself has none of. */
const ofPeople: readonly string[] = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];

/** Whether a scope is about a person or their being away: it belongs to no resource. */
export const isOfPeople = (scope: string): boolean => ofPeople.includes(scope);

/** What a program could be given for itself of what is registered. */
export const scopesOfPrograms = (registered: readonly string[]): string[] =>
  registered.filter((name) => !ofPeople.includes(name));

type Scopes = {
  registered: readonly string[];
  asked: string | undefined;
  /** What the resource offers that the token is for, if it is for one. */
  offered: readonly string[] | undefined;
  /** The request does not name that resource: what belongs to none is left out. */
  isImplied?: boolean;
};

/**
 * What a program acting for itself is given: what it asks for, if all of it is registered and offered there; without asking,
 * everything that is (RFC 6749 §3.3). Throws `invalid_scope`.
 */
export function grantedScope({ registered, asked, offered, isImplied }: Scopes): string | undefined {
  const own = scopesOfPrograms(registered);
  const open = own.filter((name) => offered?.includes(name) ?? true);
  const named = asked === undefined ? open : [...new Set(asked.split(' '))];
  const wanted = isImplied ? named.filter((name) => open.includes(name) || !own.includes(name)) : named;
  const refused = wanted.find((name) => !open.includes(name));
  if (refused !== undefined)
    throw new errors.InvalidScope(
      offered && registered.includes(refused)
        ? 'the resource does not offer the requested scope'
        : 'requested scope is not registered for this client',
      refused,
    );
  return wanted.length === 0 ? undefined : wanted.join(' ');
}
