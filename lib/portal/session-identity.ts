import '#server-only';

import { cookies } from 'next/headers';
import type { Identity } from '#lib/identities/index';
import { cookieNamed, cookieOptions, openNote, sealNote } from './session-cookie.ts';

const purpose = 'identity';
const seconds = 10 * 60;

/** Stores an identity with a verified e-mail address in an encrypted cookie for ten minutes, until the person enters the account's password. */
export async function keepWaitingIdentity({ provider, subject, email = '' }: Identity): Promise<void> {
  const note = await sealNote({ provider, subject, email }, purpose, seconds);
  (await cookies()).set(cookieNamed(purpose), note, { ...cookieOptions(), maxAge: seconds });
}

/** Returns the identity that waits in this browser. */
export async function findWaitingIdentity(): Promise<(Identity & { email: string }) | undefined> {
  const note = await openNote((await cookies()).get(cookieNamed(purpose))?.value, purpose);
  const { provider, subject, email } = note ?? {};
  if (typeof provider !== 'string' || typeof subject !== 'string' || typeof email !== 'string') return undefined;
  return { provider, subject, email, emailVerified: true, name: undefined };
}

export async function forgetWaitingIdentity(): Promise<void> {
  (await cookies()).delete({ name: cookieNamed(purpose), ...cookieOptions() });
}
