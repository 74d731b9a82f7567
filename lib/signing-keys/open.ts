import type { Db } from '#db/client';
import { insertSigningKeys, lockSigningKeys, selectPublishedKeys } from '#db/queries/signing-keys';
import { unseal } from '../credentials/index.ts';
import { makeSigningKeys } from './make.ts';
import { type SigningKey, sealPurposeOf } from './signing-key.ts';

/** Every published key, those in force first. Where there is none yet, the first who asks makes them; the others wait for it. */
export async function openSigningKeys(db: Db): Promise<SigningKey[]> {
  const rows = await selectPublishedKeys(db, new Date());
  if (rows.some(({ publishedUntil }) => publishedUntil === null)) return rows.map(open);
  const made = await makeSigningKeys(); // before the lock: an RSA key takes its time
  return db.transaction(async (tx) => {
    await lockSigningKeys(tx);
    const inForce = (await selectPublishedKeys(tx, new Date())).some(({ publishedUntil }) => publishedUntil === null);
    if (!inForce) await insertSigningKeys(tx, made);
    return (await selectPublishedKeys(tx, new Date())).map(open);
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
