import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Db } from '#db/client';
import { insertLogo } from '#db/queries/logos';
import { RegistryError } from '../errors.ts';

export const logoBytesMax = 1024 * 1024;
const side = 256;
const formats = ['png', 'jpeg', 'webp', 'gif', 'svg'];

function refuse(message: string, cause?: unknown): never {
  throw new RegistryError('invalid_metadata', message, { field: 'logo', cause });
}

/** Decodes an image and encodes it again: what is served is our own PNG, at most 256 × 256, without the sender's bytes. */
async function encode(bytes: Uint8Array): Promise<Buffer> {
  if (bytes.length > logoBytesMax) refuse('The logo may have at most 1 MiB.');
  const image = sharp(bytes, { limitInputPixels: 4096 * 4096, failOn: 'error', animated: false });
  try {
    const { format } = await image.metadata();
    if (!formats.includes(format)) refuse('The logo must be a PNG, JPEG, WebP, GIF or SVG image.');
    return await image
      .timeout({ seconds: 5 })
      .rotate()
      .resize(side, side, { fit: 'inside', withoutEnlargement: format !== 'svg' })
      .png({ compressionLevel: 9 })
      .toBuffer();
  } catch (error) {
    if (error instanceof RegistryError) throw error;
    return refuse(
      'This file could not be read as an image. Send a PNG, JPEG or WebP of at most 4096 × 4096 pixels.',
      error,
    );
  }
}

/** Keeps a logo and answers its name, the SHA-256 of what is served. Throws `invalid_metadata` (field `logo`) for what is no image. */
export async function storeLogo(db: Db, bytes: Uint8Array): Promise<string> {
  const png = await encode(bytes);
  const hash = createHash('sha256').update(png).digest('hex');
  await insertLogo(db, hash, png);
  return hash;
}
