import { errors } from 'oidc-provider';
import { noSuchScope } from './refuse-scope.ts';

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
export async function grantedScope({ registered, asked, offered, isImplied }: Scopes): Promise<string | undefined> {
  const own = scopesOfPrograms(registered);
  const open = own.filter((name) => offered?.includes(name) ?? true);
  const named = asked === undefined ? open : [...new Set(asked.split(' '))];
  const wanted = isImplied ? named.filter((name) => open.includes(name) || !own.includes(name)) : named;
  const refused = wanted.find((name) => !open.includes(name));
  if (refused !== undefined) throw await refusalOf(refused, registered);
  return wanted.length === 0 ? undefined : wanted.join(' ');
}

async function refusalOf(name: string, registered: readonly string[]): Promise<errors.InvalidScope> {
  if (isOfPeople(name))
    return new errors.InvalidScope(`${name} is about a person: a program that acts for itself has none`, name);
  if (registered.includes(name))
    return new errors.InvalidScope('the resource does not offer the requested scope', name);
  return noSuchScope(name);
}
