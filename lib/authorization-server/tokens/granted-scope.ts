import { errors, Provider } from 'oidc-provider';
import { claimsOfScopes } from '../claims.ts';
import type { RegisteredClient } from '../exchange.ts';
import { noSuchScope } from './refuse.ts';
import { findTargets, useCatalogueUris } from './targets.ts';

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

const asksForScopes = new Set(['authorization', 'pushed_authorization_request', 'device_authorization']);

/** Has what a client's request says read as it is meant, before oidc-provider judges it: its resources (`useCatalogueUris`) and its scopes. */
export async function readRequest(client: RegisteredClient): Promise<void> {
  const oidc = Provider.ctx?.oidc;
  // A request that is pushed is read again when its client is known.
  const asked = oidc?.route === 'pushed_authorization_request' ? oidc.body : oidc?.params;
  if (!asked) return;
  await useCatalogueUris(asked);
  if (asksForScopes.has(oidc?.route ?? '')) await askForScopes(client, asked);
  // A refresh that names nothing else is for all that was granted.
  if (asked.grant_type === 'refresh_token' && namesOnlyAway(asked.scope)) delete asked.scope;
}

const namesOnlyAway = (scope: unknown): boolean =>
  typeof scope === 'string' && scope.split(' ').every((name) => name === 'offline_access');

/**
 * Who asks for no scope asks for what it may be meant to want (RFC 6749 §3.3), but not to sign the person in; to keep access while they are
 * away (`offline_access`) asks for none by itself. Who registered itself got what it may have of what it asked for, and goes on asking for
 * all of it: programs seldom read that answer. What it may not have is passed over; where nothing remains it is refused as everybody is.
 */
async function askForScopes(client: RegisteredClient, asked: Record<string, unknown>): Promise<void> {
  const names = typeof asked.scope === 'string' ? asked.scope.split(' ').filter(Boolean) : [];
  const away = names.filter((name) => name === 'offline_access');
  const scopes = names.length > away.length ? sifted(client, names) : await meant(client, asked.resource);
  if (scopes.length > 0) asked.scope = [...new Set([...scopes, ...away])].join(' ');
}

const sifted = ({ scopes: registered, selfRegistered }: RegisteredClient, names: string[]): string[] =>
  selfRegistered ? names.filter((name) => registered.includes(name)) : [];

/**
 * All that is registered; of it, what the named resources offer; without one, of an app that registered itself, who the person is:
 * it may have named no scope there either, and was given all that such an app can have.
 */
async function meant({ scopes: registered, selfRegistered }: RegisteredClient, resource: unknown): Promise<string[]> {
  const all = registered.filter((name) => name !== 'openid' && name !== 'offline_access');
  const uris = [resource ?? []].flat().filter((uri) => typeof uri === 'string');
  const ofPerson = selfRegistered ? Object.keys(claimsOfScopes) : [];
  const offered = uris.length > 0 ? [...(await findTargets(uris)).values()].flatMap(({ scopes }) => scopes) : ofPerson;
  const some = all.filter((name) => offered.includes(name));
  return some.length > 0 ? some : all;
}
