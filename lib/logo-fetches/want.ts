import type { Db } from '#db/client';
import { dropForeignLogo, insertLogoFetch } from '#db/queries/logo-fetches';

/**
 * Called in the transaction that writes a client's `logoUri`, whoever writes it and whatever it says now: a logo that was fetched
 * from another address goes, and the one at this address will be fetched, unless one was uploaded. After the commit `wakeLogoFetches`
 * has it fetched at once.
 */
export async function wantLogo(db: Db, clientId: string): Promise<void> {
  await dropForeignLogo(db, clientId);
  await insertLogoFetch(db, clientId);
}
