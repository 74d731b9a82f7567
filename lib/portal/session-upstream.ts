import '#server-only';

import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import NextAuth from 'next-auth';
import { env } from '#lib/kernel/env';
import { authOptions } from './next-auth.ts';
import { callbackPath } from './session.ts';
import { cookieNamed, cookieOptions, openNote, sealNote } from './session-cookie.ts';

const purpose = 'upstream';
const seconds = 60;

/** Calls next-auth's handler with this browser's cookies, and sets the cookies of its answer. */
async function ask(nextauth: string[], body?: Record<string, string>): Promise<Response> {
  const url = `${env().appUrl}/api/auth/${nextauth.join('/')}`;
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const request = new NextRequest(url, body && init);
  const response: Response = await NextAuth(request, { params: Promise.resolve({ nextauth }) }, authOptions());
  const jar = await cookies();
  for (const cookie of new NextResponse(null, { headers: response.headers }).cookies.getAll()) jar.set(cookie);
  return response;
}

/** Begins a sign-in at another provider, with next-auth's state, nonce and PKCE cookies. Returns the provider's URL. */
export async function beginUpstream(providerId: string, callbackUrl: unknown): Promise<string> {
  const { csrfToken } = await (await ask(['csrf'])).json();
  const response = await ask(['signin', providerId], { csrfToken, callbackUrl: callbackPath(callbackUrl) });
  return response.headers.get('location') ?? '/sign-in?error=upstream';
}

/** Stores for a minute where a browser without scripts goes next. */
export async function rememberNextPage(address: string): Promise<void> {
  const note = await sealNote({ address }, purpose, seconds);
  (await cookies()).set(cookieNamed(purpose), note, { ...cookieOptions(), maxAge: seconds });
}

/** Returns the address of `rememberNextPage`; never one from the request. */
export async function findNextPage(): Promise<string | undefined> {
  const note = await openNote((await cookies()).get(cookieNamed(purpose))?.value, purpose);
  return typeof note?.address === 'string' ? note.address : undefined;
}
