import { createTransport } from 'nodemailer';
import type { Db } from '#db/client';
import { deleteOldMails, insertMail } from '#db/queries/mails';
import { env } from '../env.ts';
import { once } from '../once.ts';

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
