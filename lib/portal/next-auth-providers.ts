import '#server-only';

import type { OAuthConfig } from 'next-auth/providers/oauth';
import { env } from '#lib/kernel/env';

/** A provider's user. `verified` is true only if the provider says so. */
export type Profile = { id: string; name?: string; email?: string; verified: boolean };
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

/** An OpenID provider with discovery. Its claims come from the ID token and from its userinfo endpoint, if it has one. */
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
        const claims = tokens.id_token ? JSON.parse(atobUrl(tokens.id_token.split('.')[1] ?? '')) : {};
        const more = client.issuer.metadata.userinfo_endpoint ? await client.userinfo(tokens as never) : {};
        return { ...claims, ...more };
      },
    },
    profile: readClaims,
  };
}

/** Decodes a part of the ID token; next-auth has checked its signature. */
const atobUrl = (part: string) => Buffer.from(part, 'base64url').toString('utf8');

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

/** The providers of `listProviders`, as next-auth configures them. */
export function upstreamProviders(): OAuthConfig<Claims>[] {
  const { oidc, github, google } = env();
  return [
    ...(oidc ? [openId({ ...oidc, id: 'oidc' })] : []),
    ...(github ? [gitHub(github)] : []),
    ...(google ? [openId({ ...google, id: 'google', name: 'Google' })] : []),
  ];
}
