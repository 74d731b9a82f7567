export { type Piece, piecesOf } from './links.ts';
export { getMail, isMailKept, type KeptMail, listMails, type MailSummary } from './mailbox.ts';
export { type Mail, sendMail } from './send.ts';
