import { realpathSync } from 'node:fs';
import { desc, eq } from 'drizzle-orm';
import { afterAll, inject } from 'vitest';
import { connect, wrap } from '#db/client';
import { urlOf } from '#db/embedded/embedded';
import { placeSockets } from '#db/embedded/embedded-files';
import { ownerOf } from '#db/embedded/embedded-owner';
import { mails } from '#db/schema/mail';

const home = realpathSync(inject('portal').dataFolder);
const sql = connect(urlOf(placeSockets(home, ownerOf(home))), { max: 2, statementTimeoutMs: 60_000 });
afterAll(() => sql.end());

/** The portal's database, for what a browser cannot see or do. */
export const portalDb = wrap(sql, 60_000);

/** The newest mail to an address, and the path of its link. */
export async function newestMailTo(address: string) {
  const [mail] = await portalDb
    .select()
    .from(mails)
    .where(eq(mails.recipient, address))
    .orderBy(desc(mails.createdAt), desc(mails.id))
    .limit(1);
  if (!mail) throw new Error(`no mail to ${address}`);
  const link = /https?:\/\/\S+/.exec(mail.body)?.[0] ?? '';
  return { ...mail, path: URL.canParse(link) ? new URL(link).pathname + new URL(link).search : '' };
}
