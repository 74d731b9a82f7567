import { createTransport } from 'nodemailer';
import type { Db } from '#db/client';
import { deleteOldMails, insertMail, selectMail, selectMails } from '#db/queries/mails';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { notFound } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';
import { isUuid } from '#lib/kernel/values';

export type Piece = { text: string; href?: string };

/** Splits a mail's text into pieces. Only URLs of this portal become links, as paths, so that no link leads to another site. */
export function piecesOf(text: string, appUrl: string): Piece[] {
  const pieces = text.split(/(https?:\/\/[^\s<>"]+)/);
  return pieces
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (!URL.canParse(piece)) return { text: piece };
      const url = new URL(piece);
      const own = url.origin === appUrl && url.username === '' && !url.pathname.startsWith('//');
      return own && /^https?:/.test(piece) ? { text: piece, href: url.pathname + url.search } : { text: piece };
    });
}

const pageSize = 50;

export type MailSummary = { id: string; recipient: string; subject: string; createdAt: Date };
export type KeptMail = MailSummary & { body: string };

/** The mailbox contains links that open accounts. @throws not_found: the actor is not a signed-in operator */
function requireMailbox({ actor }: Context): void {
  if (actor.kind === 'person' && actor.isOperator && !actor.token) return;
  throw notFound('Mailbox');
}

/** Mails that were stored because no SMTP server is configured, newest first. `next` is the `before` of the next page. @throws not_found */
export async function listMails(ctx: Context, before?: string): Promise<{ mails: MailSummary[]; next?: string }> {
  requireMailbox(ctx);
  const from = before !== undefined && isUuid(before) ? before : undefined;
  const rows = await selectMails(ctx.db, { limit: pageSize + 1, before: from });
  const mails = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? mails.at(-1) : undefined;
  return last ? { mails, next: last.id } : { mails };
}

/** One stored mail. @throws not_found: there is none, or the actor is not a signed-in operator */
export async function getMail(ctx: Context, id: string): Promise<KeptMail> {
  requireMailbox(ctx);
  const mail = isUuid(id) ? await selectMail(ctx.db, id) : undefined;
  if (!mail) throw notFound('Mail');
  return mail;
}

/** As `piecesOf`, with this server's own URL. */
export const ownLinksIn = (text: string): Piece[] => piecesOf(text, env().appUrl);

/** Whether mails are stored for the operator's mailbox instead of being sent. */
export const isMailKept = (): boolean => env().smtpUrl === undefined;

/** `to` is an address that `judgeEmail` accepts; `text` is plain text. */
export type Mail = { to: string; subject: string; text: string };

const keptDays = 30;

const transportTo = (url: string) =>
  once('mail-transport', () =>
    createTransport({
      url,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    }),
  );

/**
 * Sends a mail, or stores it for the operator's mailbox page if no SMTP server is configured. Call it after the commit of the change that the
 * mail is about. Returns false, and does not throw, if the SMTP server does not accept the mail.
 */
export async function sendMail(db: Db, mail: Mail): Promise<boolean> {
  const { smtpUrl, mailFrom } = env();
  if (!smtpUrl) {
    await deleteOldMails(db, new Date(Date.now() - keptDays * 86_400_000));
    await insertMail(db, { recipient: mail.to, subject: mail.subject, body: mail.text });
    return true;
  }
  try {
    await transportTo(smtpUrl).sendMail({ ...mail, to: { name: '', address: mail.to }, from: mailFrom });
    return true;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    console.error(
      JSON.stringify({ at: new Date().toISOString(), event: 'mail.failed', subject: mail.subject, code, message }),
    );
    return false;
  }
}
