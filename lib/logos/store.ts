import type { Db } from '#db/client';
import { insertLogo } from '#db/queries/logos';
import type { Logo } from './encode.ts';

/** Keeps a logo and answers its name. Once it is the logo of no client, it goes by itself. */
export async function storeLogo(db: Db, { hash, png }: Logo): Promise<string> {
  await insertLogo(db, hash, png);
  return hash;
}
