export type { Piece } from './links.ts';
export { getMail, isMailKept, type KeptMail, listMails, type MailSummary, ownLinksIn } from './mailbox.ts';
export { type Mail, sendMail } from './send.ts';
