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

/** Who asks for this page or action, as the session's row says now; anonymous when signed out. Once per request. */
export const currentContext = cache(async (): Promise<Context> => {
  noteAskedWho();
  const [received, jar] = await Promise.all([headers(), cookies()]);
  const sessionId = await readSessionCookie(jar.get(cookieNamed('session'))?.value);
  const person = sessionId === undefined ? undefined : await findSessionPerson(database(), sessionId);
  return {
    db: database(),
    actor: person ?? { kind: 'anonymous' },
    channel: 'portal',
    requestId: received.get('x-request-id') ?? randomUUID(),
    network: received.get(networkHeader) ?? 'unknown',
  };
});

/** As `currentContext`, but one who is signed out is sent to the sign-in page, and from there back to `callbackUrl`. */
export async function requireContext(callbackUrl = '/clients'): Promise<SignedIn> {
  const ctx = await currentContext();
  if (ctx.actor.kind !== 'person') redirect(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  return { ...ctx, actor: ctx.actor };
}

/** As `requireContext`; for everyone but operators the page is not there. */
export async function requireOperatorContext(callbackUrl = '/admin'): Promise<SignedIn> {
  const ctx = await requireContext(callbackUrl);
  if (!ctx.actor.isOperator) throw notFound('Page');
  return ctx;
}

/** Where a sign-in leads: the wish, when it stays in this portal, else the person's apps. */
export const callbackPath = (wish: unknown): string => readCallbackUrl(wish, env().appUrl);

/** What the browser says it is, for the list of sessions. */
export const currentUserAgent = async (): Promise<string> => (await headers()).get('user-agent') ?? '';

/** Hands the browser its new session. */
export async function keepSession(sessionId: string): Promise<void> {
  const value = await writeSessionCookie(sessionId);
  (await cookies()).set(cookieNamed('session'), value, { ...cookieOptions(), maxAge: sessionMaxAgeSeconds });
}

/** Ends the session that asks, on the server and in the browser. */
export async function signOut(): Promise<void> {
  await endOwnSession(await currentContext());
  (await cookies()).delete({ name: cookieNamed('session'), ...cookieOptions() });
}
