import type { Db } from '#db/client';
import { env } from '../env.ts';
import { takeFromLimit } from '../rate-limits/index.ts';

const perMinute = { client: 5, host: 60 };

/** Whether a host may be asked for a client's logo now: nobody makes us ask one more often than that, whichever process asks. */
export async function mayAsk(db: Db, { clientId, logoUri }: { clientId: string; logoUri: string }): Promise<boolean> {
  const host = URL.parse(logoUri)?.host.toLowerCase() ?? '';
  return (await take(db, clientId, perMinute.client)) && (await take(db, host, perMinute.host));
}

async function take(db: Db, whom: string, perMinute: number): Promise<boolean> {
  const max = Math.max(1, Math.floor(perMinute * env().rateLimitFactor));
  return (await takeFromLimit(db, `logo:${whom}`, { max, windowSeconds: 60 })).allowed;
}
