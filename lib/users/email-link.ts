import { randomBytes } from 'node:crypto';
import { consumeEmailLink, insertEmailLink, type LinkPurpose, selectOpenEmailLink } from '#db/queries/email-links';
import type { Context } from '../context.ts';
import { hashCredential } from '../credentials/index.ts';
import { RegistryError } from '../errors.ts';

const form = /^[\w-]{43}$/;
const minutes: Record<LinkPurpose, number> = { reset_password: 30, verify_email: 24 * 60, change_email: 24 * 60 };

/** A link that `email` proves when it is followed; returns its token, of which only the hash is kept. */
export async function makeLink(
  ctx: Context,
  link: { userId: string; purpose: LinkPurpose; email: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + minutes[link.purpose] * 60_000);
  await insertEmailLink(ctx.db, { ...link, tokenHash: hashCredential(token).hash, expiresAt });
  return token;
}

export type OpenLink = { userId: string; email: string };

/** Whose link it is while it can be used, without using it. */
export async function findLink(ctx: Context, purpose: LinkPurpose, token: string): Promise<OpenLink | undefined> {
  if (!form.test(token)) return undefined;
  return selectOpenEmailLink(ctx.db, { tokenHash: hashCredential(token).hash, purpose }, new Date());
}

export const linkIsOver = () =>
  new RegistryError('not_found', 'This link was used, is too old, or is not whole. Ask for a new one.');

/** Uses the link up, before what it buys is given. @throws not_found */
export async function useLink(ctx: Context, purpose: LinkPurpose, token: string): Promise<OpenLink> {
  if (!form.test(token)) throw linkIsOver();
  const link = await consumeEmailLink(ctx.db, { tokenHash: hashCredential(token).hash, purpose }, new Date());
  if (!link) throw linkIsOver();
  return link;
}
