import { decodeProtectedHeader } from 'jose';
import { selectClientKeySet, upsertClientKeySet } from '#db/queries/client-key-sets';
import { judgeJwks, keyMax } from '#lib/clients/rules';
import { fetchJson, mayFetch } from '#lib/guarded-fetch/index';
import { database } from '#lib/kernel/database';
import { once } from '#lib/kernel/once';
import { exchange, type RegisteredClient } from '../exchange.ts';
import { refuseWhereBlocked } from './failures.ts';

type Keys = readonly Readonly<Record<string, unknown>>[];

const freshForMs = 5 * 60_000;
/** While its host cannot be read. */
const usableForMs = 60 * 60_000;
const limits = { bytesMax: 64 * 1024, timeoutMs: 2500 };
const reading = () => once('client-keys-reading', () => new Map<string, Promise<Keys | undefined>>());

/**
 * The public keys by which a client of `private_key_jwt` may show who it is: those it registered, or those at its `jwks_uri`. These
 * are read again when they are old, or when the assertion that was sent names one that is not among them: a rotation acts at once.
 * Since anyone can name one that is not there, a client's host is asked five times a minute for it at most, and sixty times in all,
 * whichever process asks.
 */
export async function keysToVerify(client: RegisteredClient): Promise<Keys> {
  const { clientId, protocolId, jwks, jwksUri, fetchedKeys, fetchedKeysAt } = client;
  if (jwksUri === null) return jwks?.keys ?? [];
  const { assertion, clientId: asking } = exchange();
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
  /** When the asking request knew it to be read. */
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
  // Somebody else may have read it while this request was on its way.
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

/** RFC 7517 §5: what is not understood among them is passed over. */
function usableKeys(document: unknown): Record<string, unknown>[] {
  const keys = isObject(document) && Array.isArray(document.keys) ? document.keys : [];
  return keys.filter((key) => isObject(key) && judgeJwks({ keys: [key] }).length === 0).slice(0, keyMax);
}

function kidOf(assertion: string): string | undefined {
  try {
    return decodeProtectedHeader(assertion).kid;
  } catch {
    return undefined; // what is no JWT is refused for that
  }
}
