import { randomBytes } from 'node:crypto';
import { consumeEmailLink, insertEmailLink, type LinkPurpose, selectOpenEmailLink } from '#db/queries/email-links';
import { hashCredential } from '#lib/credentials/index';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';
import type { Mail } from '#lib/mail/index';

const form = /^[\w-]{43}$/;
const minutes: Record<LinkPurpose, number> = { reset_password: 30, verify_email: 24 * 60, change_email: 24 * 60 };

/** Stores a link to be mailed to `email` and returns its token. The database has only the hash of the token. */
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

/** Finds a link by its token without using it up; undefined if it was used or has expired. */
export async function findLink(ctx: Context, purpose: LinkPurpose, token: string): Promise<OpenLink | undefined> {
  if (!form.test(token)) return undefined;
  return selectOpenEmailLink(ctx.db, { tokenHash: hashCredential(token).hash, purpose }, new Date());
}

export const linkExpired = () =>
  new RegistryError('not_found', 'This link was used, is too old, or is incomplete. Ask for a new one.');

/** Uses the link up. Call it before the change that the link allows. @throws not_found: the link was used or has expired */
export async function consumeLink(ctx: Context, purpose: LinkPurpose, token: string): Promise<OpenLink> {
  if (!form.test(token)) throw linkExpired();
  const link = await consumeEmailLink(ctx.db, { tokenHash: hashCredential(token).hash, purpose }, new Date());
  if (!link) throw linkExpired();
  return link;
}

const at = (path: string, token: string) => `${env().appUrl}${path}?token=${token}`;
const host = () => new URL(env().appUrl).host;
const lines = (...paragraphs: string[]) => `${paragraphs.join('\n\n')}\n`;

export const resetMail = (to: string, token: string): Mail => ({
  to,
  subject: 'Choose a new password',
  text: lines(
    `Somebody, probably you, asked for a new password at ${host()}.`,
    `Choose it here within 30 minutes:\n${at('/reset-password', token)}`,
    'If it was not you, do nothing: your password stays as it is.',
  ),
});

export const verifyMail = (to: string, token: string): Mail => ({
  to,
  subject: 'Confirm your e-mail address',
  text: lines(
    `Confirm within 24 hours that this address is yours:\n${at('/verify-email', token)}`,
    `If you have no account at ${host()}, do nothing.`,
  ),
});

export const changeMail = (to: string, token: string): Mail => ({
  to,
  subject: 'Confirm your new e-mail address',
  text: lines(
    `You want to sign in at ${host()} with this address from now on. Confirm it within 24 hours:\n${at('/verify-email/change', token)}`,
    'If it was not you, do nothing.',
  ),
});

export const takenMail = (to: string): Mail => ({
  to,
  subject: 'Your address already has an account',
  text: lines(
    `Somebody wanted to use this address for another account at ${host()}. It already has one, and nothing was changed.`,
    `Sign in here:\n${env().appUrl}/sign-in`,
  ),
});

export const addressChangedMail = (to: string): Mail => ({
  to,
  subject: 'Your e-mail address was changed',
  text: lines(
    `The account at ${host()} that had this address now has another one, which its owner has confirmed.`,
    'If it was not you, tell the administrator at once.',
  ),
});

export const passwordChangedMail = (to: string): Mail => ({
  to,
  subject: 'Your password was changed',
  text: lines(
    `The password of your account at ${host()} was changed, and other browsers were signed out.`,
    `If it was not you, choose a new one at once:\n${env().appUrl}/forgot-password`,
  ),
});
