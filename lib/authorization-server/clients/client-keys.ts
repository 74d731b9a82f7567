import { decodeProtectedHeader } from 'jose';
import { selectClientKeySet, upsertClientKeySet } from '#db/queries/client-key-sets';
import { judgeJwks, keyMax } from '#lib/clients/rules';
import { fetchJson, mayFetch } from '#lib/guarded-fetch/index';
import { database } from '#lib/kernel/database';
import { once } from '#lib/kernel/once';
import { currentRequest, type RegisteredClient } from '../request-state.ts';
import { refuseWhereBlocked } from './failures.ts';

type Keys = readonly Readonly<Record<string, unknown>>[];

const freshForMs = 5 * 60_000;
/** How long the keys are used while their host cannot be reached. */
const usableForMs = 60 * 60_000;
const limits = { bytesMax: 64 * 1024, timeoutMs: 2500 };
const reading = () => once('client-keys-reading', () => new Map<string, Promise<Keys | undefined>>());

/**
 * The public keys of a client that authenticates by `private_key_jwt`: the registered ones, or those at its `jwks_uri`. The latter are fetched
 * again when they are old, or when the assertion names an unknown key, so that a rotation takes effect immediately. Anyone can name an
 * unknown key, so all processes together fetch five times a minute for each client and sixty times in all.
 * @throws rate_limited: too many attempts to authenticate as the client failed
 */
export async function keysToVerify(client: RegisteredClient): Promise<Keys> {
  const { clientId, protocolId, jwks, jwksUri, fetchedKeys, fetchedKeysAt } = client;
  if (jwksUri === null) return jwks?.keys ?? [];
  const { assertion, clientId: asking } = currentRequest();
  const age = Date.now() - (fetchedKeysAt?.getTime() ?? Number.NEGATIVE_INFINITY);
  const known = fetchedKeys !== null && age < usableForMs ? fetchedKeys : [];
  if (assertion === undefined || asking !== protocolId) return known;
  const kid = kidOf(assertion);
  if (age < freshForMs && (kid === undefined || known.some((key) => key.kid === kid))) return known;
  refuseWhereBlocked(client);
  return (await readOnce({ clientId, jwksUri, known: fetchedKeysAt })) ?? known;
}

type Place = {
  clientId: string;
  jwksUri: string;
  /** When the keys that the request knows were fetched. */
  known: Date | null;
};

/** Requests that arrive while the key set is being fetched wait for the same fetch. */
function readOnce(place: Place): Promise<Keys | undefined> {
  const name = `${place.clientId} ${place.jwksUri}`;
  const before = reading().get(name);
  if (before) return before;
  const next = read(place).finally(() => reading().delete(name));
  reading().set(name, next);
  return next;
}

async function read({ clientId, jwksUri, known }: Place): Promise<Keys | undefined> {
  // Another request may have fetched them in the meantime.
  const stored = await selectClientKeySet(database(), { clientId, jwksUri });
  if (stored && stored.readAt > (known ?? new Date(0))) return stored.keys;
  if (!(await mayFetch(database(), 'jwks', { clientId, address: jwksUri }))) return undefined;
  const fetched = await fetchJson(jwksUri, limits);
  const keys = fetched.ok ? usableKeys(fetched.value) : [];
  if (keys.length === 0) return undefined;
  await upsertClientKeySet(database(), { clientId, jwksUri, keys, readAt: new Date() });
  return keys;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** RFC 7517 §5: keys that are not understood are ignored. */
function usableKeys(document: unknown): Record<string, unknown>[] {
  const keys = isObject(document) && Array.isArray(document.keys) ? document.keys : [];
  return keys.filter((key) => isObject(key) && judgeJwks({ keys: [key] }).length === 0).slice(0, keyMax);
}

function kidOf(assertion: string): string | undefined {
  try {
    return decodeProtectedHeader(assertion).kid;
  } catch {
    return undefined; // oidc-provider refuses a value that is not a JWT
  }
}
