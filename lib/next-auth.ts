import '#server-only';

import NextAuth, { type NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { database } from './database.ts';
import { isRegistryError } from './errors.ts';
import { keys } from './keys.ts';
import { callbackPath, currentContext, currentUserAgent } from './session.ts';
import {
  cookieNamed,
  cookieOptions,
  readSessionCookie,
  sessionMaxAgeSeconds,
  writeSessionCookie,
} from './session-cookie.ts';
import { endOwnSession, findSessionPerson, signIn } from './sessions/index.ts';

/** What next-auth passes from the sign-in to the token: the session that was started. */
type Entered = { id: string; sid?: string };

async function authorize(given: Record<'email' | 'password', unknown> | undefined): Promise<Entered | null> {
  const { email, password } = given ?? {};
  if (typeof email !== 'string' || typeof password !== 'string') return null;
  const ctx = await currentContext();
  try {
    const sid = await signIn(ctx, { email, password, userAgent: await currentUserAgent() });
    return { id: sid, sid };
  } catch (error) {
    if (isRegistryError(error)) return null;
    throw error;
  }
}

const cookieFor = (name: string) => ({ name: cookieNamed(name), options: cookieOptions() });

/** next-auth's configuration: its token names a session row, and counts only while that row lives. */
export function authOptions(): NextAuthOptions {
  return {
    secret: keys().session,
    useSecureCookies: cookieOptions().secure,
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/settings/sessions' },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize,
      }),
    ],
    cookies: {
      sessionToken: cookieFor('session'),
      csrfToken: cookieFor('csrf'),
      callbackUrl: cookieFor('callback-url'),
      state: cookieFor('state'),
      nonce: cookieFor('nonce'),
      pkceCodeVerifier: cookieFor('pkce'),
    },
    jwt: {
      encode: ({ token }) => writeSessionCookie(String(token?.sid)),
      decode: async ({ token }) => {
        const sid = await readSessionCookie(token);
        const person = sid === undefined ? undefined : await findSessionPerson(database(), sid);
        return person ? { sid: person.sessionId, sub: person.userId } : null;
      },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: (user as Entered).sid } : token),
      session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
      redirect: ({ url, baseUrl }) => baseUrl + callbackPath(url),
    },
    events: { signOut: async () => endOwnSession(await currentContext()) },
    logger: {
      error: (code, detail) => {
        // A session that is over is no error.
        if (code === 'JWT_SESSION_ERROR') return;
        const { message } = 'error' in detail ? detail.error : detail;
        console.error(JSON.stringify({ at: new Date().toISOString(), event: 'next-auth', code, message }));
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** Everything below /api/auth. */
export const authHandler = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) =>
  NextAuth(authOptions())(request, context);
