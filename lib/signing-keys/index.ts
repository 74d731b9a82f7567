import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import type { Db } from '#db/client';
import {
  deleteUnpublishedKeys,
  insertSigningKeys,
  lockSigningKeys,
  retireSigningKeys,
  selectPublishedKeys,
} from '#db/queries/signing-keys';
import { recordAudit } from '#lib/audit/index';
import { seal, unseal } from '#lib/credentials/index';
import { type Context, inTransaction } from '#lib/kernel/context';

export const algorithms = ['RS256', 'ES256'] as const;
export type Algorithm = (typeof algorithms)[number];

/** A key pair as JWKs (RFC 7517); `publishedUntil` is null while the key signs. */
export type SigningKey = { kid: string; alg: Algorithm; publicJwk: JWK; privateJwk: JWK; publishedUntil: Date | null };

/**
 * How long a retired key stays published: longer than any token that it signed is valid (an ID token an hour, a JWT access token five
 * minutes), with time to spare for wrong clocks.
 */
export const publishedAfterSeconds = 24 * 3600;

export const sealPurposeOf = (kid: string) => `signing key ${kid}`;

type Row = Parameters<typeof insertSigningKeys>[1][number];

const generate = promisify(generateKeyPair);

const pairOf = (alg: Algorithm) =>
  alg === 'RS256' ? generate('rsa', { modulusLength: 2048 }) : generate('ec', { namedCurve: 'P-256' });

/** Creates a key for each algorithm, as rows with a sealed private key. */
export const createSigningKeys = (): Promise<Row[]> => Promise.all(algorithms.map(createSigningKey));

async function createSigningKey(alg: Algorithm): Promise<Row> {
  const { privateKey, publicKey } = await pairOf(alg);
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const members = { kid, alg, use: 'sig' };
  const sealed = seal(JSON.stringify({ ...(await exportJWK(privateKey)), ...members }), sealPurposeOf(kid));
  return { kid, alg, publicJwk: { ...(publicJwk as Record<string, string>), ...members }, ...sealed };
}

/** The published keys with their private keys, the signing ones first. Throws if the key that sealed them is lost. */
export const openSigningKeys = async (db: Db): Promise<SigningKey[]> => (await publishedKeys(db)).map(open);

/** The published public keys, the signing ones first (RFC 7517), for programs that verify our signatures. */
export const readPublicKeys = async (db: Db): Promise<JWK[]> =>
  (await publishedKeys(db)).map(({ publicJwk }) => publicJwk);

/** Returns the published keys. The first caller creates them if there are none; concurrent callers wait. */
async function publishedKeys(db: Db): Promise<PublishedRow[]> {
  const rows = await selectPublishedKeys(db, new Date());
  if (rows.some(({ publishedUntil }) => publishedUntil === null)) return rows;
  const created = await createSigningKeys(); // before the lock, because an RSA key takes long to create
  return db.transaction(async (tx) => {
    await lockSigningKeys(tx);
    const inForce = (await selectPublishedKeys(tx, new Date())).some(({ publishedUntil }) => publishedUntil === null);
    if (!inForce) await insertSigningKeys(tx, created);
    return selectPublishedKeys(tx, new Date());
  });
}

type PublishedRow = Awaited<ReturnType<typeof selectPublishedKeys>>[number];

const open = ({ kid, alg, publicJwk, publishedUntil, ...row }: PublishedRow): SigningKey => ({
  kid,
  alg,
  publicJwk,
  publishedUntil,
  privateJwk: JSON.parse(unseal(row, sealPurposeOf(kid))),
});

/**
 * Creates a new signing key for each algorithm. The old keys no longer sign, and stay published until all tokens that they signed have
 * expired. Every running process follows within seconds. Returns the new and the retired keys.
 */
export async function rotateSigningKeys(ctx: Context) {
  const created = await createSigningKeys();
  return inTransaction(ctx, async (tx) => {
    await lockSigningKeys(tx.db);
    const now = new Date();
    const publishedUntil = new Date(now.getTime() + publishedAfterSeconds * 1000);
    await deleteUnpublishedKeys(tx.db, now);
    const retired = await retireSigningKeys(tx.db, publishedUntil);
    await insertSigningKeys(tx.db, created);
    const inForce = created.map(({ kid, alg }) => ({ kid, alg }));
    await recordAudit(tx, {
      action: 'signing_keys.rotate',
      organizationId: null,
      targetType: 'server',
      targetId: 'signing_keys',
      before: { kids: retired.map(({ kid }) => kid) },
      after: { kids: inForce.map(({ kid }) => kid) },
    });
    return { inForce, retired: retired.map((key) => ({ ...key, publishedUntil })) };
  });
}
