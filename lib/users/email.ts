import { domainToASCII } from 'node:url';
import { selectUserByEmail } from '#db/queries/users';
import type { Context } from '#lib/kernel/context';
import { type Issue, notFound } from '#lib/kernel/errors';
import { normalized } from '#lib/kernel/values';

export const emailLengthMax = 254;

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const domainPart = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The address as it is stored: in NFKC, so that it has no look-alike of `@` or of a dot, and with its domain in ASCII. */
export function normaliseEmail(raw: string): string {
  const text = normalized(raw, 'NFKC').trim();
  const at = text.lastIndexOf('@');
  return at < 0 ? text : `${text.slice(0, at)}@${domainToASCII(text.slice(at + 1))}`;
}

/** The address in the form that is compared. Two addresses with the same form belong to the same account. */
export const comparableEmail = (raw: string): string => normaliseEmail(raw).toLowerCase();

/** Judges an address as typed. Quoted local parts and comments are refused, because mail programs differ in how they read them. */
export function judgeEmail(raw: string, field = 'email'): Issue[] {
  const email = normaliseEmail(raw);
  const [local = '', domain = '', ...more] = email.split('@');
  const form = localPart.test(local) && local.length <= 64 && domainPart.test(domain) && !/(^|\.)\d+$/.test(domain);
  if (form && more.length === 0 && email.length <= emailLengthMax) return [];
  return [{ field, rule: 'email', message: 'Enter an e-mail address, like name@example.com.' }];
}

/** Gets the account with an address, for the operator's command line. @throws not_found: no such account, or the caller is not the command line */
export async function getUserByEmail(ctx: Context, email: string): Promise<{ id: string; email: string }> {
  const user = ctx.actor.kind === 'command_line' ? await selectUserByEmail(ctx.db, comparableEmail(email)) : undefined;
  if (!user) throw notFound('Account');
  return user;
}
