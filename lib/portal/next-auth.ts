import type { NextRequest } from 'next/server';
import type { Account, NextAuthOptions } from 'next-auth';
import { decode, encode } from 'next-auth/jwt';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { Identity } from '#lib/identities/index';
import { env } from '#lib/kernel/env';
import { keys } from '#lib/kernel/keys';

type Note = Record<string, unknown>;
type Seal = { note: Record<string, string>; purpose?: string; maxAge: number };

/** Encrypts a note that is readable for `maxAge` seconds. `purpose` separates kinds of notes; the session has none. */
export const seal = ({ note, purpose = '', maxAge }: Seal): Promise<string> =>
  encode({ token: note, secret: keys().session, salt: purpose, maxAge });

/** Returns the note, or undefined if it is expired, of another kind, or not ours. */
export const unseal = async (value: string, purpose = ''): Promise<Note | undefined> =>
  (await decode({ token: value, secret: keys().session, salt: purpose }).catch(() => null)) ?? undefined;

/** A provider's user. `verified` is about the e-mail address and true only if the provider says so. */
type Profile = { id: string; name?: string; email?: string; verified: boolean };
type Claims = Record<string, unknown>;

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function readClaims(claims: Claims): Profile {
  const name = text(claims.name) ?? text(claims.preferred_username) ?? text(claims.login);
  const email = text(claims.email);
  return {
    id: String(claims.sub ?? claims.id ?? ''),
    verified: claims.email_verified === true,
    ...(name && { name }),
    ...(email && { email }),
  };
}

type OpenId = { id: string; name: string; issuer: string; clientId: string; clientSecret: string };

/** A provider that OpenID discovery describes. Its claims come from the ID token and from userinfo, if there is one. */
function openId({ issuer, ...rest }: OpenId): OAuthConfig<Claims> {
  return {
    ...rest,
    type: 'oauth',
    idToken: true,
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid profile email' } },
    checks: ['pkce', 'state', 'nonce'],
    userinfo: {
      request: async ({ client, tokens }) => {
        // next-auth has checked the signature of the ID token before this.
        const part = Buffer.from(tokens.id_token?.split('.')[1] ?? '', 'base64url').toString('utf8');
        const more = client.issuer.metadata.userinfo_endpoint ? await client.userinfo(tokens as never) : {};
        return { ...(part && JSON.parse(part)), ...more };
      },
    },
    profile: readClaims,
  };
}

type GitHub = NonNullable<ReturnType<typeof env>['github']>;

/** GitHub supports OAuth without OpenID Connect: another endpoint lists the e-mail addresses and whether they are verified. */
function gitHub({ clientId, clientSecret, authorizationUrl, tokenUrl, apiUrl }: GitHub): OAuthConfig<Claims> {
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
    clientId,
    clientSecret,
    authorization: { url: authorizationUrl, params: { scope: 'read:user user:email' } },
    token: tokenUrl,
    checks: ['pkce', 'state'],
    userinfo: {
      url: `${apiUrl}/user`,
      request: async ({ client, tokens }) => {
        const token = String(tokens.access_token);
        const user: Claims = await client.userinfo(token);
        const answer = await fetch(`${apiUrl}/user/emails`, {
          headers: { authorization: `Bearer ${token}`, 'user-agent': 'clientele' },
          signal: AbortSignal.timeout(10_000),
        });
        const all: unknown = answer.ok ? await answer.json() : [];
        const primary = (Array.isArray(all) ? all : []).find((one) => one.primary === true);
        return { ...user, sub: String(user.id), email: primary?.email, email_verified: primary?.verified === true };
      },
    },
    profile: readClaims,
  };
}

function upstreamProviders(): OAuthConfig<Claims>[] {
  const { oidc, github, google } = env();
  return [
    ...(oidc ? [openId({ ...oidc, id: 'oidc' })] : []),
    ...(github ? [gitHub(github)] : []),
    ...(google ? [openId({ ...google, id: 'google', name: 'Google' })] : []),
  ];
}

/** The decisions that the portal makes during a sign-in. */
export type SignInDecisions = {
  cookieNamed: (name: string) => string;
  cookieOptions: { httpOnly: boolean; sameSite: 'lax'; path: string; secure: boolean };
  maxAgeSeconds: number;
  /** Returns the id of the new session, or undefined if the credentials are wrong. */
  signIn: (given: { email: unknown; password: unknown }) => Promise<string | undefined>;
  /** Decides about a person whom a provider has sent back: the id of the new session, or the path at which the person continues. */
  admit: (identity: Identity) => Promise<{ sessionId: string } | { path: string }>;
  writeCookie: (sessionId: string) => Promise<string>;
  findPerson: (cookie: string | undefined) => Promise<{ sessionId?: string; userId: string } | undefined>;
  endSession: () => Promise<void>;
  /** Returns the path of `url` if it is in this portal, or a default path. */
  pathOf: (url: string) => string;
};

/** What next-auth passes from the sign-in to the cookie: the id of the session. */
type Entered = { id: string; sid?: string };

function optionsOf(decide: SignInDecisions): Omit<NextAuthOptions, 'providers'> {
  const cookieFor = (name: string) => ({ name: decide.cookieNamed(name), options: decide.cookieOptions });
  const signIn = async (entered: Entered, account: Account | null) => {
    if (!account || account.type === 'credentials') return true;
    const { email, name, verified } = entered as Entered & Profile;
    const { provider, providerAccountId: subject } = account;
    const decided = await decide.admit({ provider, subject, email, name, emailVerified: verified });
    if ('path' in decided) return decided.path;
    entered.sid = decided.sessionId;
    return true;
  };
  return {
    secret: keys().session,
    useSecureCookies: decide.cookieOptions.secure,
    session: { strategy: 'jwt', maxAge: decide.maxAgeSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/settings/sessions' },
    cookies: {
      sessionToken: cookieFor('session'),
      csrfToken: cookieFor('csrf'),
      callbackUrl: cookieFor('callback-url'),
      state: cookieFor('state'),
      nonce: cookieFor('nonce'),
      pkceCodeVerifier: cookieFor('pkce'),
    },
    jwt: {
      encode: ({ token }) => decide.writeCookie(String(token?.sid)),
      decode: async ({ token }) => {
        const person = await decide.findPerson(token);
        return person ? { sid: person.sessionId, sub: person.userId } : null;
      },
    },
    callbacks: {
      signIn: ({ user, account }) => signIn(user as Entered, account),
      jwt: ({ token, user }) => (user ? { sid: (user as Entered).sid } : token),
      session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
      redirect: ({ url, baseUrl }) => baseUrl + decide.pathOf(url),
    },
    events: { signOut: decide.endSession },
    logger: {
      error: (code, detail) => {
        // An expired session is no error.
        if (code === 'JWT_SESSION_ERROR') return;
        const { message } = 'error' in detail ? detail.error : detail;
        console.error(JSON.stringify({ at: new Date().toISOString(), event: 'next-auth', code, message }));
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

type Path = { params: Promise<{ nextauth: string[] }> };

/** Answers a request below /api/auth. Every page reads cookies by this file, so next-auth's handler is loaded here. */
export async function answerBy(decide: SignInDecisions, request: NextRequest, path: Path): Promise<Response> {
  const [{ default: NextAuth }, { default: Credentials }] = await Promise.all([
    import('next-auth'),
    import('next-auth/providers/credentials'),
  ]);
  const password = Credentials({
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize: async (given) => {
      const sid = given && (await decide.signIn(given));
      return sid ? { id: sid, sid } : null;
    },
  });
  return NextAuth(request, path, { ...optionsOf(decide), providers: [password, ...upstreamProviders()] });
}
