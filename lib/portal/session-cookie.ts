import { env } from '#lib/kernel/env';
import { absoluteDays } from '#lib/sessions/index';
import { seal, unseal } from './next-auth.ts';

/** Returns a cookie's name: over https with a prefix that makes browsers require Secure, else with the port, so that two portals on one host do not share cookies. */
export function cookieNamed(name: string): string {
  const { protocol, port } = new URL(env().appUrl);
  return protocol === 'https:' ? `__Host-clientele.${name}` : `clientele-${port || '80'}.${name}`;
}

export const cookieOptions = () => ({
  httpOnly: true,
  sameSite: 'lax' as const,
  path: '/',
  secure: env().appUrl.startsWith('https:'),
});

export const sessionMaxAgeSeconds = absoluteDays * 24 * 60 * 60;

/** Returns next-auth's encrypted token. It contains only the session's id. */
export function writeSessionCookie(sessionId: string): Promise<string> {
  return seal({ note: { sid: sessionId }, maxAge: sessionMaxAgeSeconds });
}

/** Returns the session id in a cookie; undefined if the cookie has expired, was changed, or is not ours. */
export async function readSessionCookie(value: string | undefined): Promise<string | undefined> {
  if (!value || value.length > 2000) return undefined;
  const token = await unseal(value);
  return typeof token?.sid === 'string' ? token.sid : undefined;
}

/** The purpose of notes about an app's request to sign the person out. */
export const endSessionPurpose = 'end session';

/** Encrypts a note for the browser, valid for `maxAge` seconds. A note can be opened only with the same `purpose`. */
export function sealNote(note: Record<string, string>, purpose: string, maxAge: number): Promise<string> {
  return seal({ note, purpose, maxAge });
}

/** Decrypts a note; undefined if it has expired, has another purpose, or is not ours. */
export async function openNote(
  value: string | undefined,
  purpose: string,
): Promise<Record<string, unknown> | undefined> {
  if (!value || value.length > 4000) return undefined;
  return unseal(value, purpose);
}
