import { getCookie } from 'hono/cookie';
import type { Person } from '../actor.ts';
import type { Context } from '../context.ts';
import { database } from '../database.ts';
import { cookieNamed, readSessionCookie } from '../session-cookie.ts';
import { findSessionPerson } from '../sessions/index.ts';
import type { Call } from './call.ts';

/** Who is signed in at the portal in the browser that asks. */
export async function personOf(call: Call): Promise<Person | undefined> {
  const sessionId = await readSessionCookie(getCookie(call, cookieNamed('session')));
  return sessionId === undefined ? undefined : findSessionPerson(database(), sessionId);
}

/** The context of a page that is answered here. */
export async function contextOfPerson(call: Call): Promise<Context> {
  return {
    db: database(),
    actor: (await personOf(call)) ?? { kind: 'anonymous' },
    channel: 'portal',
    requestId: call.get('requestId'),
    network: call.get('network'),
  };
}
