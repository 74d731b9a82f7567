import { inject } from 'vitest';
import { cookieNamed } from '#lib/portal/session-cookie';
import type { Someone } from './actors.ts';
import { aBrowser } from './browser.ts';
import { sessionCookieOf } from './portal-visit.ts';

/** A browser in which `someone` is signed in; it skips the sign-in page. */
export async function browserOf(someone: Someone, options: Parameters<typeof aBrowser>[0] = {}) {
  const opened = await aBrowser(options);
  const value = await sessionCookieOf(someone, someone.actor);
  await opened.context.addCookies([{ name: cookieNamed('session'), value, url: inject('portal').url }]);
  return opened;
}
