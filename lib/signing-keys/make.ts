import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { insertSigningKeys } from '#db/queries/signing-keys';
import { seal } from '../credentials/index.ts';
import { type Algorithm, algorithms, sealPurposeOf } from './signing-key.ts';

type Row = Parameters<typeof insertSigningKeys>[1][number];

const generate = promisify(generateKeyPair);

const pairOf = (alg: Algorithm) =>
  alg === 'RS256' ? generate('rsa', { modulusLength: 2048 }) : generate('ec', { namedCurve: 'P-256' });

/** A new key for each algorithm, as rows: the private half sealed. */
export const makeSigningKeys = (): Promise<Row[]> => Promise.all(algorithms.map(makeSigningKey));

async function makeSigningKey(alg: Algorithm): Promise<Row> {
  const { privateKey, publicKey } = await pairOf(alg);
  const bare = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(bare);
  const marks = { kid, alg, use: 'sig' };
  const sealed = seal(JSON.stringify({ ...(await exportJWK(privateKey)), ...marks }), sealPurposeOf(kid));
  return { kid, alg, publicJwk: { ...(bare as Record<string, string>), ...marks }, ...sealed };
}
