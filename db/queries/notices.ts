import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';

/** The channel on which every process hears that configuration changed. */
export const noticeChannel = 'clientele_configuration';

/** Tells every process, when the transaction commits, that a topic changed. */
export async function insertNotice(db: Db, topic: string): Promise<void> {
  await db.execute(sql`select pg_notify(${noticeChannel}, ${topic})`);
}
