import { decode, encode } from 'next-auth/jwt';
import { env } from '#lib/kernel/env';
import { keys } from '#lib/kernel/keys';
import { absoluteDays } from '#lib/sessions/index';

/** Over https a cookie is Secure and its name says so to the browser; else the port keeps two portals of one host apart. */
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

/** next-auth's encrypted token: it carries the id of the session and nothing that could grow old. */
export function writeSessionCookie(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: keys().session, maxAge: sessionMaxAgeSeconds });
}

/** The id of the session that a cookie names; undefined for one that is old, foreign or tampered with. */
export async function readSessionCookie(value: string | undefined): Promise<string | undefined> {
  if (!value || value.length > 2000) return undefined;
  const token = await decode({ token: value, secret: keys().session }).catch(() => null);
  return typeof token?.sid === 'string' ? token.sid : undefined;
}

/** Notes of what an app asked for that wants its person signed out. */
export const endSessionPurpose = 'end session';

/** A note that the browser keeps for `maxAge` seconds and cannot read; `purpose` keeps kinds of notes apart. */
export function sealNote(note: Record<string, string>, purpose: string, maxAge: number): Promise<string> {
  return encode({ token: note, secret: keys().session, salt: purpose, maxAge });
}

/** The note, or undefined when it is too old, of another kind, or not ours. */
export async function openNote(
  value: string | undefined,
  purpose: string,
): Promise<Record<string, unknown> | undefined> {
  if (!value || value.length > 4000) return undefined;
  const note = await decode({ token: value, secret: keys().session, salt: purpose }).catch(() => null);
  return note ?? undefined;
}
