import { inject } from 'vitest';
import { cookieNamed, writeSessionCookie } from '#lib/session-cookie';
import { startSession } from '#lib/sessions/index';
import type { Someone } from './actors.ts';
import { aBrowser } from './browser.ts';

const { url, dataFolder } = inject('portal');
Object.assign(process.env, { PORT: new URL(url).port, CLIENTELE_DATA: dataFolder });

/** A browser in which `someone` is signed in, without the way over the sign-in page. */
export async function browserOf(someone: Someone, options: Parameters<typeof aBrowser>[0] = {}) {
  const opened = await aBrowser(options);
  const sessionId = await startSession(someone, someone.actor.userId, { userAgent: 'test' });
  const value = await writeSessionCookie(sessionId);
  await opened.context.addCookies([{ name: cookieNamed('session'), value, url }]);
  return opened;
}
