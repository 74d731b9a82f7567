import type { Db } from '#db/client';
import { scaled, takeFromLimit } from '../rate-limits/index.ts';

const perMinute = { client: 5, host: 60 };

/**
 * Whether the host of an address may be asked for a client's document now: five times a minute for one client and sixty times in all, since
 * anybody can make us ask; whichever process asks. `what` has a budget of its own.
 */
export async function mayAsk(
  db: Db,
  what: 'jwks' | 'logo',
  { clientId, address }: { clientId: string; address: string },
): Promise<boolean> {
  const host = URL.parse(address)?.host.toLowerCase() ?? '';
  const take = async (whom: string, max: number) =>
    (await takeFromLimit(db, `fetch:${what}:${whom}`, { max: scaled(max), windowSeconds: 60 })).allowed;
  return (await take(clientId, perMinute.client)) && (await take(host, perMinute.host));
}
