import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { emailLinks } from '../schema/user.ts';

export type LinkPurpose = 'reset_password' | 'verify_email' | 'change_email';

const isOpen = (link: { tokenHash: string; purpose: LinkPurpose }, now: Date) =>
  and(
    eq(emailLinks.tokenHash, link.tokenHash),
    eq(emailLinks.purpose, link.purpose),
    isNull(emailLinks.consumedAt),
    gt(emailLinks.expiresAt, now),
  );

export async function insertEmailLink(
  db: Db,
  row: { tokenHash: string; userId: string; purpose: LinkPurpose; email: string; expiresAt: Date },
): Promise<void> {
  await db.insert(emailLinks).values(row);
}

/** The user of a link that can still be used. */
export async function selectOpenEmailLink(db: Db, link: { tokenHash: string; purpose: LinkPurpose }, now: Date) {
  const [row] = await db
    .select({ userId: emailLinks.userId, email: emailLinks.email })
    .from(emailLinks)
    .where(isOpen(link, now));
  return row;
}

/** Marks the link as used; returns undefined if it was used already or has expired. One statement, so it succeeds once. */
export async function consumeEmailLink(db: Db, link: { tokenHash: string; purpose: LinkPurpose }, now: Date) {
  const [row] = await db
    .update(emailLinks)
    .set({ consumedAt: now })
    .where(isOpen(link, now))
    .returning({ userId: emailLinks.userId, email: emailLinks.email });
  return row;
}

/** Marks every open link of a person for a purpose as used. */
export async function consumeEmailLinksOf(db: Db, userId: string, purpose: LinkPurpose, now: Date): Promise<void> {
  await db
    .update(emailLinks)
    .set({ consumedAt: now })
    .where(and(eq(emailLinks.userId, userId), eq(emailLinks.purpose, purpose), isNull(emailLinks.consumedAt)));
}
