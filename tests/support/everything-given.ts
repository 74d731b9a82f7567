import { createRemoteJWKSet, jwtVerify } from 'jose';
import { registrations } from '#db/schema/registration';
import { hashCredential, mintCredential } from '#lib/credentials/index';
import { decideDeviceRequest } from '#lib/devices/index';
import { findOwnGrantTo } from '#lib/grants/index';
import { createResource } from '#lib/resources/index';
import { anOwner, aPerson, type Someone, stranger } from './actors.ts';
import { aToken } from './api.ts';
import {
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  callback,
  pkce,
  tokensOf,
} from './authorizing.ts';
import { aClientRow } from './client-row.ts';
import { db } from './database.ts';
import { begin, deviceGrant } from './device.ts';
import { origin } from './listening.ts';
import { aSecret, aTokenOf, basic } from './oauth.ts';
import { elsewhere } from './other-process.ts';
import { push, pushedUrl } from './pushing.ts';

export const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
export const api = await createResource(operator, {
  uri: 'https://jwt.example/v1',
  name: 'Invoices',
  scopes: ['files:read'],
  accessTokenFormat: 'jwt',
});
const jwks = createRemoteJWKSet(new URL(`${elsewhere}/oauth/jwks`), { cooldownDuration: 0, cacheMaxAge: 0 });

/** The result of using a token or code: valid, valid with fewer scopes than granted, or refused. */
export type Found = 'good' | 'less' | 'refused';
type Credentials = { clientId: string; secret: string };

const isGood = (good: boolean): Found => (good ? 'good' : 'refused');
const bearing = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** Whether the resource accepts the token. */
const taken = async (path: string, token: string, knows = [200]) =>
  isGood(knows.includes((await fetch(elsewhere + path, bearing(token))).status));

/** The result of the token endpoint; `less` if the granted scope `profile` is missing. */
async function exchanged({ clientId, secret }: Credentials, form: Record<string, string>, allowed = 'profile') {
  const body = new URLSearchParams(secret ? form : { ...form, client_id: clientId });
  const headers: Record<string, string> = secret ? { authorization: basic({ clientId, secret }) } : {};
  const answer = await fetch(`${elsewhere}/oauth/token`, { method: 'POST', body, headers });
  if (answer.status >= 500) throw new Error(`${answer.status} ${await answer.text()}`);
  if (answer.status !== 200) return 'refused';
  const { scope } = (await answer.json()) as { scope: string };
  return scope.split(' ').includes(allowed) ? 'good' : 'less';
}

/** Where a browser with that cookie is redirected. */
async function sentTo(path: string, jar: Awaited<ReturnType<typeof anAgent>>['jar']) {
  const cookie = [...jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
  const answer = await fetch(elsewhere + path, { redirect: 'manual', headers: { cookie } });
  return new URL(answer.headers.get('location') ?? '/', origin);
}

/**
 * One of every kind of token, code and record of one app and one person, with a function that uses each of them in another process than
 * the one where the event happens.
 */
export async function everythingGiven({ isPublic = false } = {}) {
  const { owner, organizationId } = await anOwner(db);
  const grantTypes = ['authorization_code', 'refresh_token', deviceGrant] as const;
  const clientId = await aClientRow(db, {
    organizationId,
    redirectUris: [callback],
    postLogoutRedirectUris: [callback],
    responseTypes: ['code'],
    scopes: ['openid', 'profile', 'offline_access', 'read', 'files:read', 'clients:read'],
    grantTypes: isPublic ? [...grantTypes] : [...grantTypes, 'client_credentials'],
    ...(isPublic && { tokenEndpointAuthMethod: 'none' as const }),
  });
  const without = { secretId: '', secret: '' };
  const shown = { clientId, ...(isPublic ? without : await aSecret(owner, clientId)) };
  const kept = isPublic ? shown : { clientId, ...(await aSecret(owner, clientId)) };
  const person = await aPerson(db, { roles: { [organizationId]: 'developer' } });
  const agent = { person, ...(await anAgent(person)) };
  const another = await aPersonsAgent();
  const anotherApp = await aWebApp();

  const openid = { scope: 'openid profile read' };
  const tokens = await tokensOf(agent, shown, openid);
  const away = await tokensOf(agent, shown, { scope: 'openid profile offline_access read', prompt: 'consent' });
  const ofRegistry = await tokensOf(agent, shown, { scope: 'clients:read', resource: origin });
  const theirs = await tokensOf(another, shown, openid);
  const apart = await tokensOf(agent, anotherApp, openid);
  const { verifier, challenge } = pkce();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const code = (await authorize(agent, shown, { ...openid, ...proof })).get('code') ?? '';
  const anotherDeviceCode = async (): Promise<string> => {
    const { device_code, user_code } = (await begin(shown, openid)).body;
    await decideDeviceRequest(person, user_code, { allow: true, wanted: [], organizationId: null });
    return device_code;
  };
  const deviceCode = await anotherDeviceCode();
  const pushed = (await push(shown, openid)).body;
  const program = isPublic ? undefined : await aTokenOf(shown, { scope: 'clients:read' });
  const jwt = isPublic
    ? (await tokensOf(agent, shown, { scope: 'files:read', resource: api.uri })).access_token
    : await aTokenOf(shown, { resource: api.uri });
  const registration = mintCredential('clt_rat_');
  await db.insert(registrations).values({ clientId, ...hashCredential(registration), open: false });
  const apiToken = await aToken(db, person, organizationId, { scopes: ['clients:read', 'grants:write'] });

  const redirected = { redirect_uri: callback, code_verifier: verifier };
  const given = { ...tokens, code, redirected, deviceCode, anotherDeviceCode, program, agent, as: kept as Credentials };
  const refreshing = (refresh_token: string | undefined) => ({
    grant_type: 'refresh_token',
    refresh_token: refresh_token ?? '',
  });
  /** By the column names of the table. */
  const holders: Record<string, (() => Promise<Found>) | undefined> = {
    code: () => exchanged(given.as, { grant_type: 'authorization_code', code: given.code, ...redirected }),
    access: () => taken('/oauth/userinfo', given.access_token),
    refresh: () => exchanged(given.as, refreshing(given.refresh_token)),
    offline: () => exchanged(given.as, refreshing(away.refresh_token)),
    registry: () => taken('/api/v1/clients', ofRegistry.access_token),
    device: () => exchanged(given.as, { grant_type: deviceGrant, device_code: given.deviceCode }),
    pushed: async () => {
      const { pathname } = await sentTo(pushedUrl(shown, pushed.request_uri), another.jar);
      return isGood(pathname.startsWith('/consent/') || pathname === new URL(callback).pathname);
    },
    'own token': program === undefined ? undefined : () => taken('/api/v1/clients', program),
    JWT: async () => {
      const { payload } = await jwtVerify(jwt, jwks, { audience: api.uri });
      return isGood((payload.exp ?? 0) <= Date.now() / 1000 + 300);
    },
    grant: async () => {
      const grant = await findOwnGrantTo(person, clientId);
      return grant?.scopes.includes('profile') ? 'good' : grant ? 'less' : 'refused';
    },
    session: async () => {
      const asked = authorizationUrl(anotherApp, { ...openid, prompt: 'none', ...proof });
      return isGood((await sentTo(asked, given.agent.jar)).searchParams.get('error') !== 'login_required');
    },
    registration: () => taken(`/oauth/register/${clientId}`, registration),
    'API token': () => taken('/api/v1/clients', apiToken),
    'another person': () => exchanged(given.as, refreshing(theirs.refresh_token)),
    'another app': () => exchanged(anotherApp, refreshing(apart.refresh_token)),
  };
  const signedIn: Someone = { ...person, actor: { ...person.actor, sessionId: agent.sessionId ?? '' } };
  return { owner, organizationId, clientId, shown, person, signedIn, agent, apiToken, registration, given, holders };
}

export type Everything = Awaited<ReturnType<typeof everythingGiven>>;
