import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export type CredentialPrefix = 'clt_cs_' | 'clt_pat_' | 'clt_iat_' | 'clt_rat_' | TokenPrefix;

/** A user's access token, a machine's, and a refresh token. */
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

/** A new credential: prefix, 256 random bits in 43 characters of base62, CRC32 of both in 6 (rule S1). */
export function mintCredential(prefix: CredentialPrefix): string {
  const body = prefix + base62(randomBytes(32), 43);
  return body + checksum(body);
}

/** Whether `text` could have been minted here: finds typos and foreign credentials without asking the database. */
export function isWellFormedCredential(prefix: CredentialPrefix, text: string): boolean {
  if (!text.startsWith(prefix) || text.length !== prefix.length + 49) return false;
  return checksum(text.slice(0, -6)) === text.slice(-6);
}
