import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Db } from '#db/client';
import { insertLogo, selectLogo, selectLogos } from '#db/queries/logos';
import { type Issue, RegistryError } from '#lib/kernel/errors';
import { drawSvg, judgeSvg } from './draw-svg.ts';
import { keptSideMax, kindOfLogo, logoBytesMax, logoIssue, logoSideMax } from './rules.ts';

/** Stores a logo and returns its hash. The database deletes it when it is no longer the logo of any client. */
export async function storeLogo(db: Db, { hash, png }: Logo): Promise<string> {
  await insertLogo(db, hash, png);
  return hash;
}

/** The PNG with this hash, or undefined. */
export async function findLogo(db: Db, hash: string): Promise<Uint8Array | undefined> {
  return /^[0-9a-f]{64}$/.test(hash) ? selectLogo(db, hash) : undefined;
}

/** The PNGs with these hashes, by hash, in one query; unknown hashes are skipped. */
export async function findLogos(db: Db, hashes: readonly string[]): Promise<Map<string, Uint8Array>> {
  if (hashes.length === 0) return new Map();
  const rows = await selectLogos(db, [...new Set(hashes)]);
  return new Map(rows.map(({ hash, png }) => [hash, png]));
}

/** A logo as we serve it: our own PNG, identified by the SHA-256 of its bytes. */
export type Logo = { hash: string; png: Uint8Array };

/**
 * Decodes an image (PNG, JPEG, WebP, the first frame of a GIF, an SVG) and encodes it again as a PNG of at most 256 × 256 pixels. So none of
 * the sender's bytes, and no metadata, are stored. @throws invalid_metadata: on the field `logo`, with the broken rule
 */
export async function encodeLogo(bytes: Uint8Array): Promise<Logo> {
  if (bytes.length > logoBytesMax) refuse(logoIssue('logo.bytes', 'The logo may have at most 1 MiB.'));
  const kind = kindOfLogo(bytes);
  if (!kind) refuse(logoIssue('logo.kind', 'The logo must be a PNG, JPEG, WebP, GIF or SVG image.'));
  if (kind === 'svg') for (const issue of judgeSvg(bytes)) refuse(issue);
  const png = await reencode(kind === 'svg' ? await drawSvg(bytes) : bytes);
  return { hash: createHash('sha256').update(png).digest('hex'), png };
}

async function reencode(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    const image = sharp(bytes, { limitInputPixels: logoSideMax ** 2, failOn: 'warning', animated: false });
    return await image
      .timeout({ seconds: 5 })
      .autoOrient()
      .resize(keptSideMax, keptSideMax, { fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 9 })
      .toBuffer();
  } catch (error) {
    if (/pixel limit/i.test(String(error)))
      return refuse(logoIssue('logo.pixels', `The logo may have at most ${logoSideMax} × ${logoSideMax} pixels.`));
    return refuse(logoIssue('logo.broken', 'This image is damaged or incomplete. Save it anew and try again.'), error);
  }
}

function refuse(issue: Issue, cause?: unknown): never {
  throw new RegistryError('invalid_metadata', issue.message, { issues: [issue], cause });
}
