import { createTransport } from 'nodemailer';
import type { Db } from '#db/client';
import { deleteOldMails, insertMail, selectMail, selectMails } from '#db/queries/mails';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { notFound } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';
import { isUuid } from '#lib/kernel/values';

export type Piece = { text: string; href?: string };

/** A mail's text in pieces; only addresses of this portal become links, as paths, so that nothing leads elsewhere. */
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

/** `to` is an address that `judgeEmail` has passed; `text` is plain text. */
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
 * Sends a mail, or keeps it for the operator's mailbox page when no SMTP server is configured. Called after the
 * transaction that it tells of. Returns whether it went out; a server that refuses it never undoes what has happened.
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
