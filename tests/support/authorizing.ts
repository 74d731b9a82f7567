import { createHash, randomBytes } from 'node:crypto';
import { cookieNamed, writeSessionCookie } from '#lib/portal/session-cookie';
import { startSession } from '#lib/sessions/index';
import { anOwner, aPerson, type Someone } from './actors.ts';
import { aClientRow } from './client-row.ts';
import { db } from './database.ts';
import { origin } from './listening.ts';
import { aSecret, basic, post } from './oauth.ts';

type Values = Parameters<typeof aClientRow>[1];

export const callback = 'https://app.example.com/callback';

/** A web app in a new organization, with a secret unless it is public. */
export async function aWebApp(values: Partial<Values> = {}) {
  const { owner, organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, {
    organizationId,
    grantTypes: ['authorization_code', 'refresh_token'],
    responseTypes: ['code'],
    scopes: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
    redirectUris: [callback],
    ...values,
  });
  const isPublic = values.tokenEndpointAuthMethod === 'none';
  const secret = isPublic ? { secretId: '', secret: '' } : await aSecret(owner, clientId);
  return { owner, organizationId, clientId, ...secret };
}

/** A browser without pages: it keeps cookies by name and path, and follows no redirect by itself. */
export async function anAgent(someone?: Someone) {
  const jar = new Map<string, { value: string; path: string }>();
  const signIn = async (who: Someone) => {
    const sessionId = await startSession(who, who.actor.userId, { userAgent: 'test' });
    jar.set(cookieNamed('session'), { value: await writeSessionCookie(sessionId), path: '/' });
    return sessionId;
  };
  const sessionId = someone && (await signIn(someone));
  async function go(to: string, init: RequestInit = {}) {
    const url = new URL(to, origin);
    const sent = [...jar].filter(
      ([, { path }]) => url.pathname === path || url.pathname.startsWith(path === '/' ? '/' : `${path}/`),
    );
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      if (attributes.some((one) => /^expires=Thu, 01 Jan 1970/i.test(one))) jar.delete(name);
      else jar.set(name, { value, path });
    }
    return answer;
  }
  return { jar, go, signIn, sessionId };
}

export type Agent = Awaited<ReturnType<typeof anAgent>>;

/** A new person, signed in. */
export async function aPersonsAgent(options: Parameters<typeof aPerson>[1] = {}) {
  const person = await aPerson(db, options);
  return { person, ...(await anAgent(person)) };
}

export const pkce = () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

type Client = { clientId: string; secret: string };

/** The URL of an authorization request with the usual parameters and the given changes; `undefined` omits a parameter. */
export function authorizationUrl(
  { clientId }: Pick<Client, 'clientId'>,
  changes: Record<string, string | undefined> = {},
  path = '/oauth/authorize',
): string {
  const parameters = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid profile read',
    state: 'a-state',
    ...changes,
  };
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `${path}?${new URLSearchParams(given)}`;
}

/** The `Location` of an answer. */
export const locationOf = (answer: Response): string => {
  const location = answer.headers.get('location');
  if (!location) throw new Error(`${answer.status} leads nowhere`);
  return new URL(location, origin).href;
};

/** Presses a button of the page at `consent`; returns where the browser arrives. */
export async function decide(
  agent: Agent,
  consent: string,
  decision: 'allow' | 'cancel',
  form: Record<string, string> = {},
) {
  const { pathname } = new URL(consent, origin);
  const answer = await agent.go(`${pathname}/answer`, {
    method: 'POST',
    body: new URLSearchParams({ decision, ...form }),
    headers: { origin },
  });
  return locationOf(await agent.go(locationOf(answer)));
}

/** Completes an authorization; returns the parameters that the redirect URI receives. */
export async function authorize(
  agent: Agent,
  client: Pick<Client, 'clientId'>,
  changes: Record<string, string | undefined> = {},
  form: Record<string, string> = {},
): Promise<URLSearchParams> {
  const first = locationOf(await agent.go(authorizationUrl(client, changes)));
  const last = first.startsWith(`${origin}/consent/`) ? await decide(agent, first, 'allow', form) : first;
  return new URL(last).searchParams;
}

/** Exchanges a code. A client without a secret sends its client id. */
export function redeem(client: Client, code: string, form: Record<string, string> = {}) {
  const headers: Record<string, string> = client.secret ? { authorization: basic(client) } : {};
  const named: Record<string, string> = client.secret ? {} : { client_id: client.clientId };
  return post(
    '/oauth/token',
    { grant_type: 'authorization_code', code, redirect_uri: callback, ...named, ...form },
    headers,
  );
}

/** Tokens of a complete authorization. */
export async function tokensOf(
  agent: Agent,
  client: Client,
  changes: Record<string, string | undefined> = {},
  form: Record<string, string> = {},
) {
  const { verifier, challenge } = pkce();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const code = (await authorize(agent, client, { ...proof, ...changes }, form)).get('code') ?? '';
  const { status, body } = await redeem(client, code, { code_verifier: verifier });
  if (status !== 200) throw new Error(`no tokens: ${JSON.stringify(body)}`);
  return body as { access_token: string; refresh_token?: string; id_token?: string; scope: string; expires_in: number };
}

export function refresh(client: Client, token: string, form: Record<string, string> = {}) {
  const headers: Record<string, string> = client.secret ? { authorization: basic(client) } : {};
  const named: Record<string, string> = client.secret ? {} : { client_id: client.clientId };
  return post('/oauth/token', { grant_type: 'refresh_token', refresh_token: token, ...named, ...form }, headers);
}

/** The userinfo endpoint's answer to a token. */
export async function userinfo(token: string, init: RequestInit = {}) {
  const answer = await fetch(`${origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` }, ...init });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}
