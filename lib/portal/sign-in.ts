import '#server-only';

import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import { type Identity, resolveIdentity } from '#lib/identities/index';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { isRegistryError } from '#lib/kernel/errors';
import { endOwnSession, findSessionPerson, signIn } from '#lib/sessions/index';
import { answerBy, type SignInDecisions } from './next-auth.ts';
import { callbackPath, currentContext, currentUserAgent } from './session.ts';
import {
  cookieNamed,
  cookieOptions,
  openNote,
  readSessionCookie,
  sealNote,
  sessionMaxAgeSeconds,
  writeSessionCookie,
} from './session-cookie.ts';
import { keepWaitingIdentity } from './session-identity.ts';

async function signInByPassword({ email, password }: Record<'email' | 'password', unknown>) {
  if (typeof email !== 'string' || typeof password !== 'string') return undefined;
  const ctx = await currentContext();
  try {
    return await signIn(ctx, { email, password, userAgent: await currentUserAgent() });
  } catch (error) {
    if (isRegistryError(error)) return undefined;
    throw error;
  }
}

async function admit(identity: Identity): Promise<{ sessionId: string } | { path: string }> {
  try {
    const met = await resolveIdentity(await currentContext(), identity, { userAgent: await currentUserAgent() });
    if (met !== 'password') return met;
    await keepWaitingIdentity(identity);
    return { path: '/sign-in/link' };
  } catch (error) {
    if (isRegistryError(error)) return { path: `/sign-in?error=${error.code}` };
    throw error;
  }
}

/** A session cookie names a session row, and is valid only while that row exists. */
async function findPerson(cookie: string | undefined) {
  const sessionId = await readSessionCookie(cookie);
  return sessionId === undefined ? undefined : findSessionPerson(database(), sessionId);
}

const decisions = (): SignInDecisions => ({
  cookieNamed,
  cookieOptions: cookieOptions(),
  maxAgeSeconds: sessionMaxAgeSeconds,
  signIn: signInByPassword,
  admit,
  writeCookie: writeSessionCookie,
  findPerson,
  endSession: async () => endOwnSession(await currentContext()),
  pathOf: callbackPath,
});

type Path = { params: Promise<{ nextauth: string[] }> };

/** Every request below /api/auth. */
export const authHandler = (request: NextRequest, path: Path) => answerBy(decisions(), request, path);

const purpose = 'upstream';
const seconds = 60;

/** Sends one request to next-auth on behalf of this browser, which gets the cookies of the answer. */
async function ask(nextauth: string[], body?: Record<string, string>): Promise<Response> {
  const url = `${env().appUrl}/api/auth/${nextauth.join('/')}`;
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await authHandler(new NextRequest(url, body && init), { params: Promise.resolve({ nextauth }) });
  const jar = await cookies();
  for (const cookie of new NextResponse(null, { headers: response.headers }).cookies.getAll()) jar.set(cookie);
  return response;
}

/** Begins a sign-in at another service; the browser keeps next-auth's state, nonce and PKCE verifier. Returns the service's URL. */
export async function beginUpstream(providerId: string, callbackUrl: unknown): Promise<string> {
  const { csrfToken } = await (await ask(['csrf'])).json();
  const response = await ask(['signin', providerId], { csrfToken, callbackUrl: callbackPath(callbackUrl) });
  return response.headers.get('location') ?? '/sign-in?error=upstream';
}

/** Remembers for a minute where a browser without scripts continues. */
export async function rememberNextPage(address: string): Promise<void> {
  const note = await sealNote({ address }, purpose, seconds);
  (await cookies()).set(cookieNamed(purpose), note, { ...cookieOptions(), maxAge: seconds });
}

/** Returns the URL that `rememberNextPage` was given; never a URL from a request. */
export async function findNextPage(): Promise<string | undefined> {
  const note = await openNote((await cookies()).get(cookieNamed(purpose))?.value, purpose);
  return typeof note?.address === 'string' ? note.address : undefined;
}
