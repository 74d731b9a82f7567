import { getCookie } from 'hono/cookie';
import type { Person } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { cookieNamed, readSessionCookie } from '#lib/portal/session-cookie';
import { findSessionPerson } from '#lib/sessions/index';
import { contextOf } from './admission.ts';
import type { Call } from './api.ts';
import { fault } from './problems.ts';

/** The person who is signed in at the portal in the requesting browser. */
export async function personOf(call: Call): Promise<Person | undefined> {
  const sessionId = await readSessionCookie(getCookie(call, cookieNamed('session')));
  return sessionId === undefined ? undefined : findSessionPerson(database(), sessionId);
}

/** The context of a browser request, for the core. */
export async function contextOfPerson(call: Call): Promise<Context> {
  const person = await personOf(call);
  const { sessionId } = person ?? {};
  const reauthenticate = sessionId === undefined ? undefined : (db: Context['db']) => findSessionPerson(db, sessionId);
  return contextOf(call, 'portal', person ?? { kind: 'anonymous' }, reauthenticate);
}

/** Refuses a form from another site (CSRF). */
export function requireOwnPage(call: Call): void {
  if (call.req.header('origin') !== env().appUrl) throw fault(403, 'This form comes from another site.');
}
