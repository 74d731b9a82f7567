import '#server-only';

import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Person } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { notFound } from '#lib/kernel/errors';
import { networkHeader } from '#lib/kernel/network';
import { endOwnSession, findSessionPerson, readCallbackUrl } from '#lib/sessions/index';
import { noteAskedWho } from './page-status.ts';
import {
  cookieNamed,
  cookieOptions,
  readSessionCookie,
  sessionMaxAgeSeconds,
  writeSessionCookie,
} from './session-cookie.ts';

export type SignedIn = Context & { actor: Person };

/** Returns the context of this page or action. The actor is read from the session's row once per request; signed out, it is anonymous. */
export const currentContext = cache(async (): Promise<Context> => {
  noteAskedWho();
  const [received, jar] = await Promise.all([headers(), cookies()]);
  const sessionId = await readSessionCookie(jar.get(cookieNamed('session'))?.value);
  const person = sessionId === undefined ? undefined : await findSessionPerson(database(), sessionId);
  return {
    db: database(),
    actor: person ?? { kind: 'anonymous' },
    reauthenticate: person && sessionId !== undefined ? (db) => findSessionPerson(db, sessionId) : undefined,
    channel: 'portal',
    requestId: received.get('x-request-id') ?? randomUUID(),
    network: received.get(networkHeader) ?? 'unknown',
  };
});

/** As `currentContext`, but redirects a person who is signed out to the sign-in page, and from there back to `callbackUrl`. */
export async function requireContext(callbackUrl = '/clients'): Promise<SignedIn> {
  const ctx = await currentContext();
  if (ctx.actor.kind !== 'person') redirect(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  return { ...ctx, actor: ctx.actor };
}

/** As `requireContext`, for operators. @throws not_found: for anyone else */
export async function requireOperatorContext(callbackUrl = '/admin'): Promise<SignedIn> {
  const ctx = await requireContext(callbackUrl);
  if (!ctx.actor.isOperator) throw notFound('Page');
  return ctx;
}

/** Returns the path after a sign-in: the requested one if it is in this portal, else the person's apps. */
export const callbackPath = (wish: unknown): string => readCallbackUrl(wish, env().appUrl);

/** Returns the browser's User-Agent, for the list of sessions. */
export const currentUserAgent = async (): Promise<string> => (await headers()).get('user-agent') ?? '';

/** Sets the cookie of a new session. */
export async function keepSession(sessionId: string): Promise<void> {
  const value = await writeSessionCookie(sessionId);
  (await cookies()).set(cookieNamed('session'), value, { ...cookieOptions(), maxAge: sessionMaxAgeSeconds });
}

/** Ends the current session, on the server and in the browser. */
export async function signOut(): Promise<void> {
  await endOwnSession(await currentContext());
  (await cookies()).delete({ name: cookieNamed('session'), ...cookieOptions() });
}
