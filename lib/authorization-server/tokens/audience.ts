import { errors } from 'oidc-provider';
import { registryScopes } from '#lib/kernel/actor';
import { type ResourceOffer, registryResource } from '#lib/resources/index';
import { isRegistryOnlyScope } from '#lib/resources/rules';
import { isOfPeople } from './granted-scope.ts';
import { inDescription } from './refuse.ts';

type Asking = {
  scopes: readonly string[];
  /** The resources that offer any of the client's scopes. */
  offers: readonly ResourceOffer[];
  provenance: string;
  /** The client asks a person, rather than for itself (`client_credentials`). */
  asksPerson: boolean;
};

/**
 * The resources of a token whose request names none: those that offer the requested scopes. If several resources offer a scope, it counts
 * for the one that another requested scope identifies, or else for the operator's default.
 * @throws invalid_target: the resource stays ambiguous, or one token cannot be for all of them
 */
export function impliedAudience(asking: Asking): ResourceOffer[] {
  const wanted = asking.scopes.filter((name) => !isOfPeople(name));
  const registry = registryResource();
  const forRegistry = meansRegistry(wanted, asking);
  const offering = (name: string) => {
    if (isRegistryOnlyScope(name)) return [registry];
    const others = asking.offers.filter(({ scopes }) => scopes.includes(name));
    return forRegistry && registry.scopes.includes(name) ? [registry, ...others] : others;
  };
  const all = wanted.map((name) => ({ name, by: offering(name) }));
  const named = new Map(all.flatMap(({ by: [one, ...more] }) => (one && more.length === 0 ? [[one.uri, one]] : [])));
  const chosen = new Map(named);
  for (const { name, by } of all) {
    if (by.length < 2 || by.some(({ uri }) => named.has(uri))) continue;
    const meant = asking.provenance === 'apps' && by.includes(registry) ? registry : by.find((one) => one.isDefault);
    if (!meant) throw new errors.InvalidTarget(`several resources offer ${name}: name one of ${list(by)} as resource`);
    chosen.set(meant.uri, meant);
  }
  return requireOneToken([...chosen.values()]);
}

/**
 * Whether `read` and `write`, which any API may offer, mean the registry. They do together with `clients:…`; they do if a client requests
 * nothing else for itself and no other resource offers them; for clients created through /o/apps/ they always do.
 */
function meansRegistry(wanted: readonly string[], { offers, provenance, asksPerson }: Asking): boolean {
  if (wanted.some(isRegistryOnlyScope)) return true;
  if (asksPerson || wanted.length === 0 || !wanted.every((name) => ofRegistry.includes(name))) return false;
  return provenance === 'apps' || !offers.some(({ scopes }) => wanted.some((name) => scopes.includes(name)));
}

const ofRegistry: readonly string[] = registryScopes;

/**
 * Returns the resources if one token can be for all of them: several must all accept opaque tokens, and none may be the registry.
 * @throws invalid_target: one token cannot be for all of them
 */
export function requireOneToken(resources: ResourceOffer[]): ResourceOffer[] {
  const registry = registryResource().uri;
  const apart = resources.some(({ uri, accessTokenFormat }) => uri === registry || accessTokenFormat === 'jwt');
  if (resources.length < 2 || !apart) return resources;
  throw new errors.InvalidTarget(`one token cannot be for all of ${list(resources)}: name one of them as resource`);
}

const list = (resources: readonly ResourceOffer[]) => resources.map(({ uri }) => inDescription(uri)).join(' ');

const none: ResourceOffer = {
  uri: '',
  name: '',
  scopes: [],
  accessTokenFormat: 'opaque',
  lifetimeSeconds: null,
  isDefault: false,
};

/** Combines the resources of one token into one, because oidc-provider supports one resource per token. */
export function combinedResource(resources: readonly ResourceOffer[]): ResourceOffer {
  const [first = none] = resources;
  const lifetimes = resources.flatMap(({ lifetimeSeconds }) => lifetimeSeconds ?? []);
  return {
    ...first,
    scopes: [...new Set(resources.flatMap(({ scopes }) => scopes))],
    lifetimeSeconds: lifetimes.length > 0 ? Math.min(...lifetimes) : null,
  };
}
