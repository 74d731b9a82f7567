import { desc, eq, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { mails } from '../schema/mail.ts';
import { deletePast } from './in-steps.ts';

export async function insertMail(db: Db, row: { recipient: string; subject: string; body: string }): Promise<void> {
  await db.insert(mails).values(row);
}

/** Deletes mails that were written before `before`. */
export async function deleteOldMails(db: Db, before: Date): Promise<void> {
  await deletePast(db, mails, { key: mails.id, at: mails.createdAt, moment: before });
}

/** Mails, newest first, that are older than `before`. */
export function selectMails(db: Db, page: { limit: number; before?: string | undefined }) {
  const mark = sql`(select m.created_at, m.id from ${mails} m where m.id = ${page.before ?? null})`;
  return db
    .select({ id: mails.id, recipient: mails.recipient, subject: mails.subject, createdAt: mails.createdAt })
    .from(mails)
    .where(page.before === undefined ? undefined : sql`(${mails.createdAt}, ${mails.id}) < ${mark}`)
    .orderBy(desc(mails.createdAt), desc(mails.id))
    .limit(page.limit);
}

export async function selectMail(db: Db, id: string) {
  const [row] = await db
    .select({
      id: mails.id,
      recipient: mails.recipient,
      subject: mails.subject,
      body: mails.body,
      createdAt: mails.createdAt,
    })
    .from(mails)
    .where(eq(mails.id, id));
  return row;
}
