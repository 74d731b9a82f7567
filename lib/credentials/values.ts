import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { keys } from '#lib/kernel/keys';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export type CredentialPrefix = 'clt_cs_' | 'clt_pat_' | 'clt_iat_' | 'clt_rat_' | TokenPrefix;

/** The prefixes of a person's access token, a machine client's access token, and a refresh token. */
export type TokenPrefix = 'clt_at_' | 'clt_mt_' | 'clt_rt_';

function base62(bytes: Uint8Array, length: number): string {
  let value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (let i = 0; i < length; i++) {
    text = alphabet[Number(value % 62n)] + text;
    value /= 62n;
  }
  return text;
}

function checksum(body: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return base62(bytes, 6);
}

/** A new credential: the prefix, 256 random bits in 43 characters of base62, and the CRC32 of both in 6 characters (rule S1). */
export function mintCredential(prefix: CredentialPrefix): string {
  const body = prefix + base62(randomBytes(32), 43);
  return body + checksum(body);
}

/** Whether `text` has the form and checksum of our credentials. Detects typos and foreign credentials without a query. */
export function isWellFormedCredential(prefix: CredentialPrefix, text: string): boolean {
  if (!text.startsWith(prefix) || text.length !== prefix.length + 49) return false;
  return checksum(text.slice(0, -6)) === text.slice(-6);
}

/** HMAC-SHA-256 (base64url) of a credential with the current pepper, and the pepper's id (rule S2). */
export function hashCredential(credential: string): { hash: string; pepperId: string } {
  const pepper = keys().pepper;
  return { hash: createHmac('sha256', pepper.key).update(credential).digest('base64url'), pepperId: pepper.id };
}

/** The hashes of a credential with every pepper, to find rows that were stored with an older pepper too. */
export function hashesWithEveryPepper(credential: string): string[] {
  return [...keys().peppers.values()].map((key) => createHmac('sha256', key).update(credential).digest('base64url'));
}

/** Whether `stored` is one of `hashes`, compared in constant time (rule S2). */
export function isHashOf(stored: string, hashes: readonly string[]): boolean {
  const known = Buffer.from(stored);
  let found = false;
  for (const hash of hashes) {
    const given = Buffer.from(hash);
    if (given.length === known.length && timingSafeEqual(given, known)) found = true;
  }
  return found;
}

/** A text under AES-256-GCM: `nonce.tag.ciphertext` in base64url, and the id of the key. */
export type Sealed = { sealed: string; sealingKeyId: string };

/** Encrypts a text. `purpose` is authenticated with it, so that the sealed text of one row cannot be opened in another row. */
export function seal(text: string, purpose: string): Sealed {
  const { id, key } = keys().sealing;
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    sealed: [nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url')).join('.'),
    sealingKeyId: id,
  };
}

/** Decrypts a sealed text. Throws if the key is missing or the sealed text was changed. */
export function unseal({ sealed, sealingKeyId }: Sealed, purpose: string): string {
  const key = keys().sealingKeys.get(sealingKeyId);
  if (!key) throw new Error(`sealing key ${sealingKeyId} is not in the data folder`);
  const [nonce, tag, body] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!nonce || !tag || !body) throw new Error('not a sealed text');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose)).setAuthTag(tag);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}
