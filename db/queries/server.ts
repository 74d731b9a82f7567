import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { secretReveals, secrets } from '../schema/client.ts';
import { signingKeys } from '../schema/signing-key.ts';
import { apiTokens, tokenReveals } from '../schema/token.ts';

/** Checks that the database answers. */
export async function pingDatabase(db: Db): Promise<void> {
  await db.execute(sql`select 1`);
}

/** The version of PostgreSQL as a number (180004) and as text (18.4). */
export async function selectServerVersion(db: Db): Promise<{ number: number; text: string }> {
  const [row] = await db.execute<{ number: number; text: string }>(
    sql`select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
  );
  if (!row) throw new Error('PostgreSQL does not say its version');
  return row;
}

/** Ids of the keys that hashes and sealed values in the database use. */
export async function selectKeyIds(db: Db): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select ${secrets.pepperId} as id from ${secrets}
    union select ${apiTokens.pepperId} from ${apiTokens}
    union select ${secrets.sealingKeyId} from ${secrets} where ${secrets.sealingKeyId} is not null
    union select ${secretReveals.sealingKeyId} from ${secretReveals}
    union select ${tokenReveals.sealingKeyId} from ${tokenReveals}
    union select ${signingKeys.sealingKeyId} from ${signingKeys}
    order by id`);
  return rows.map(({ id }) => id);
}
