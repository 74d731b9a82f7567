import { selectMail, selectMails } from '#db/queries/mails';
import type { Context } from '../context.ts';
import { env } from '../env.ts';
import { notFound } from '../errors.ts';
import { isUuid } from '../uuid.ts';
import { type Piece, piecesOf } from './links.ts';

const pageSize = 50;

export type MailSummary = { id: string; recipient: string; subject: string; createdAt: Date };
export type KeptMail = MailSummary & { body: string };

/** The mailbox holds links that open accounts: it is there for a signed-in operator and for nobody else. */
function requireMailbox({ actor }: Context): void {
  if (actor.kind === 'person' && actor.isOperator && !actor.token) return;
  throw notFound('Mailbox');
}

/** Mail that no server took because none is configured, the newest first; `next` is the `before` of the page after. */
export async function listMails(ctx: Context, before?: string): Promise<{ mails: MailSummary[]; next?: string }> {
  requireMailbox(ctx);
  const from = before !== undefined && isUuid(before) ? before : undefined;
  const rows = await selectMails(ctx.db, { limit: pageSize + 1, before: from });
  const mails = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? mails.at(-1) : undefined;
  return last ? { mails, next: last.id } : { mails };
}

/** One of them. @throws not_found */
export async function getMail(ctx: Context, id: string): Promise<KeptMail> {
  requireMailbox(ctx);
  const mail = isUuid(id) ? await selectMail(ctx.db, id) : undefined;
  if (!mail) throw notFound('Mail');
  return mail;
}

/** A mail's text in pieces, of which those that are addresses of this portal can be followed. */
export const ownLinksIn = (text: string): Piece[] => piecesOf(text, env().appUrl);

/** Whether mail is kept here rather than sent. */
export const isMailKept = (): boolean => env().smtpUrl === undefined;
