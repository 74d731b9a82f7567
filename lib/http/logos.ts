import { Hono } from 'hono';
import { database } from '../database.ts';
import { findLogo } from '../logos/index.ts';
import type { Named } from './call.ts';

/** Logos by the hash of what they are: the same address never shows another picture, so it may be kept for ever. */
export const logos = new Hono<Named>();

logos.get('/logos/:file{[0-9a-f]{64}\\.png}', async (call) => {
  const hash = call.req.param('file').slice(0, -'.png'.length);
  const png = await findLogo(database(), hash);
  if (!png) return call.notFound();
  const headers = {
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${hash}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  };
  if (call.req.header('if-none-match')?.includes(hash)) return call.body(null, 304, headers);
  return call.body(new Uint8Array(png), 200, { ...headers, 'content-type': 'image/png' });
});
