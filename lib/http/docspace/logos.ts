import type { Context } from '../../context.ts';
import { findLogos } from '../../logos/index.ts';

type WithLogo = { logoHash: string | null };

/** The logos of a page of clients in one query; what it answers tells each client's. */
export async function logosOf(db: Context['db'], clients: readonly WithLogo[]) {
  const logos = await findLogos(
    db,
    clients.flatMap(({ logoHash }) => logoHash ?? []),
  );
  return ({ logoHash }: WithLogo): Uint8Array | undefined => (logoHash === null ? undefined : logos.get(logoHash));
}

export async function logoOf(db: Context['db'], client: WithLogo): Promise<Uint8Array | undefined> {
  return (await logosOf(db, [client]))(client);
}
