import { errors, Provider } from 'oidc-provider';
import { database } from '#lib/kernel/database';
import { currentNames, requestedScopes } from '#lib/scopes/index';
import { claimsOfScopes } from '../claims.ts';
import type { RegisteredClient } from '../request-state.ts';
import { noSuchScope } from './refuse.ts';
import { findTargets, useCatalogueUris } from './targets.ts';

/** Scopes about a person; a client that acts for itself cannot have them. */
const ofPeople: readonly string[] = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];

/** Whether a scope is about a person, or `offline_access`: it belongs to no resource. */
export const isOfPeople = (scope: string): boolean => ofPeople.includes(scope);

/** The registered scopes that a client can have when it acts for itself. */
export const scopesOfPrograms = (registered: readonly string[]): string[] =>
  registered.filter((name) => !ofPeople.includes(name));

type Scopes = {
  registered: readonly string[];
  asked: string | undefined;
  /** The scopes that the token's resource offers, if the token has a resource. */
  offered: readonly string[] | undefined;
  /** The request does not name the resource: scopes that it does not offer are omitted instead of refused. */
  isImplied?: boolean;
};

/**
 * The scope of a token that a client gets for itself: the requested scopes, or all registered ones if it requests none (RFC 6749 §3.3).
 * @throws invalid_scope: a requested scope is not registered, or the resource does not offer it
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

/** Normalizes the resources (`useCatalogueUris`) and the scopes of a client's request before oidc-provider checks them. */
export async function readRequest(client: RegisteredClient): Promise<void> {
  const oidc = Provider.ctx?.oidc;
  // oidc-provider reads the body of a pushed request into its parameters once the client is known.
  const asked = oidc?.route === 'pushed_authorization_request' ? oidc.body : oidc?.params;
  if (!asked) return;
  await useCatalogueUris(asked);
  await useCurrentScopes(asked, asked.grant_type !== 'refresh_token');
  if (asksForScopes.has(oidc?.route ?? '')) await setScope(client, asked);
  // A refresh that requests only `offline_access` means all granted scopes.
  if (asked.grant_type === 'refresh_token' && isOfflineOnly(asked.scope)) delete asked.scope;
}

const isOfflineOnly = (scope: unknown): boolean =>
  typeof scope === 'string' && scope.split(' ').every((name) => name === 'offline_access');

/**
 * Sets the scope of a request. A request without a scope, or with `offline_access` only, gets a default (RFC 6749 §3.3) that never contains
 * `openid`. Self-registered clients often ignore the scopes in the registration response and keep requesting all that they had asked for:
 * their unregistered scopes are removed. If no scope remains, oidc-provider refuses the request.
 */
async function setScope(client: RegisteredClient, asked: Record<string, unknown>): Promise<void> {
  const names = typeof asked.scope === 'string' ? asked.scope.split(' ').filter(Boolean) : [];
  const offline = names.filter((name) => name === 'offline_access');
  const scopes =
    names.length > offline.length ? registeredOf(client, names) : await defaultScopes(client, asked.resource);
  if (scopes.length > 0) asked.scope = [...new Set([...scopes, ...offline])].join(' ');
}

/** Replaces former names of scopes and, unless what was granted is only narrowed, adds the scopes that the requested ones imply. */
async function useCurrentScopes(asked: Record<string, unknown>, withImplied: boolean): Promise<void> {
  if (typeof asked.scope !== 'string') return;
  const names = asked.scope.split(' ').filter(Boolean);
  const current = await currentNames(database(), names);
  const now = withImplied ? await requestedScopes(database(), current) : current;
  if (now.join(' ') !== names.join(' ')) asked.scope = now.join(' ');
}

/** The registered scopes of a self-registered client's request; none for other clients, whose request stays unchanged. */
const registeredOf = ({ scopes: registered, selfRegistered }: RegisteredClient, names: string[]): string[] =>
  selfRegistered ? names.filter((name) => registered.includes(name)) : [];

/**
 * The scopes of a request without a scope: the registered ones that the named resources offer. If it names no resource, a self-registered
 * client gets the scopes about the person: it may have registered without a scope and then has every scope open to such clients. If none
 * match, all registered scopes.
 */
async function defaultScopes(
  { scopes: registered, selfRegistered }: RegisteredClient,
  resource: unknown,
): Promise<string[]> {
  const all = registered.filter((name) => name !== 'openid' && name !== 'offline_access');
  const uris = [resource ?? []].flat().filter((uri) => typeof uri === 'string');
  const ofPerson = selfRegistered ? Object.keys(claimsOfScopes) : [];
  const offered = uris.length > 0 ? [...(await findTargets(uris)).values()].flatMap(({ scopes }) => scopes) : ofPerson;
  const some = all.filter((name) => offered.includes(name));
  return some.length > 0 ? some : all;
}
