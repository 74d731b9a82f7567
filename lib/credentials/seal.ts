import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { keys } from '#lib/keys';

/** A text under AES-256-GCM: `nonce.tag.ciphertext` in base64url, and the id of the key. */
export type Sealed = { sealed: string; sealingKeyId: string };

/** `purpose` is bound to the text: what was sealed for one row cannot be opened as another's. */
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

/** The text; throws when the key is not there any more or the text was tampered with. */
export function unseal({ sealed, sealingKeyId }: Sealed, purpose: string): string {
  const key = keys().sealingKeys.get(sealingKeyId);
  if (!key) throw new Error(`sealing key ${sealingKeyId} is not in the data folder`);
  const [nonce, tag, body] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!nonce || !tag || !body) throw new Error('not a sealed text');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose)).setAuthTag(tag);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}
