import type { JWK } from 'jose';
import type { Db } from '#db/client';
import { insertSigningKeys, lockSigningKeys, selectPublishedKeys } from '#db/queries/signing-keys';
import { unseal } from '../credentials/index.ts';
import { makeSigningKeys } from './make.ts';
import { type SigningKey, sealPurposeOf } from './signing-key.ts';

/** Every published key, those in force first, with its private half. Throws where the key under which they are sealed is lost. */
export const openSigningKeys = async (db: Db): Promise<SigningKey[]> => (await publishedKeys(db)).map(open);

/** The public halves of every published key, those in force first (RFC 7517): for who looks whether we signed something. */
export const readPublicKeys = async (db: Db): Promise<JWK[]> =>
  (await publishedKeys(db)).map(({ publicJwk }) => publicJwk);

/** Where there is none yet, the first who asks makes them; the others wait for it. */
async function publishedKeys(db: Db): Promise<Row[]> {
  const rows = await selectPublishedKeys(db, new Date());
  if (rows.some(({ publishedUntil }) => publishedUntil === null)) return rows;
  const made = await makeSigningKeys(); // before the lock: an RSA key takes its time
  return db.transaction(async (tx) => {
    await lockSigningKeys(tx);
    const inForce = (await selectPublishedKeys(tx, new Date())).some(({ publishedUntil }) => publishedUntil === null);
    if (!inForce) await insertSigningKeys(tx, made);
    return selectPublishedKeys(tx, new Date());
  });
}

type Row = Awaited<ReturnType<typeof selectPublishedKeys>>[number];

const open = ({ kid, alg, publicJwk, publishedUntil, ...row }: Row): SigningKey => ({
  kid,
  alg,
  publicJwk,
  publishedUntil,
  privateJwk: JSON.parse(unseal(row, sealPurposeOf(kid))),
});
