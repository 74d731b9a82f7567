import '#server-only';

import NextAuth, { type Account, type NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { resolveIdentity } from '#lib/identities/index';
import { database } from '#lib/kernel/database';
import { isRegistryError } from '#lib/kernel/errors';
import { keys } from '#lib/kernel/keys';
import { endOwnSession, findSessionPerson, signIn } from '#lib/sessions/index';
import { type Profile, upstreamProviders } from './next-auth-providers.ts';
import { callbackPath, currentContext, currentUserAgent } from './session.ts';
import {
  cookieNamed,
  cookieOptions,
  readSessionCookie,
  sessionMaxAgeSeconds,
  writeSessionCookie,
} from './session-cookie.ts';
import { keepWaitingIdentity } from './session-identity.ts';

/** The new session; next-auth passes it from the sign-in to the token. */
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

/** Decides after the sign-in at a provider: true accepts it, a path redirects there. */
async function admit(entered: Entered, account: Account | null): Promise<true | string> {
  if (!account || account.type === 'credentials') return true;
  const { email, name, verified } = entered as Entered & Profile;
  const identity = {
    provider: account.provider,
    subject: account.providerAccountId,
    email,
    name,
    emailVerified: verified,
  };
  try {
    const met = await resolveIdentity(await currentContext(), identity, { userAgent: await currentUserAgent() });
    if (met === 'password') {
      await keepWaitingIdentity(identity);
      return '/sign-in/link';
    }
    entered.sid = met.sessionId;
    return true;
  } catch (error) {
    if (isRegistryError(error)) return `/sign-in?error=${error.code}`;
    throw error;
  }
}

const cookieFor = (name: string) => ({ name: cookieNamed(name), options: cookieOptions() });

/** next-auth's configuration: its token names a session row and is valid only while that row exists. */
export function authOptions(): NextAuthOptions {
  return {
    secret: keys().session,
    useSecureCookies: cookieOptions().secure,
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/settings/sessions' },
    providers: [
      Credentials({ credentials: { email: { type: 'email' }, password: { type: 'password' } }, authorize }),
      ...upstreamProviders(),
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
      signIn: ({ user, account }) => admit(user as Entered, account),
      jwt: ({ token, user }) => (user ? { sid: (user as Entered).sid } : token),
      session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
      redirect: ({ url, baseUrl }) => baseUrl + callbackPath(url),
    },
    events: { signOut: async () => endOwnSession(await currentContext()) },
    logger: {
      error: (code, detail) => {
        // An ended session is not an error.
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
