import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { updateClient } from '#lib/clients/index';
import { judgePostLogoutUris, judgeRedirectsOf, type RedirectSetting, redirectContext } from '#lib/clients/rules';
import { addRefusedRedirectUri, findRefusal, noteRefusal } from '#lib/refusals/index';
import { anOwner } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';

process.env.CLIENTELE_REDIRECT_SCHEMES = 'claude,kiosk';

const loopback = 'http://127.0.0.1:33418/callback';
const own = 'com.example.app:/callback';
const notKept = /cannot protect a client with a secret/;

type Mine = { owner: Awaited<ReturnType<typeof anOwner>>['owner']; organizationId: string; token: string };
type Edit = (mine: Mine, clientId: string, uri: string) => Promise<{ status: number; said: string }>;

const send =
  (method: string, path: (id: string) => string, body: (uri: string) => object): Edit =>
  async ({ token, organizationId }, id, uri) => {
    const headers: Record<string, string> = path(id).startsWith('/oauth2/')
      ? { 'slashid-api-key': token, 'slashid-orgid': organizationId }
      : { authorization: `Bearer ${token}` };
    const answer = await ask(method, path(id), { headers, body: body(uri) });
    return { status: answer.status, said: await answer.text() };
  };

const told = (deed: Promise<unknown>) =>
  deed.then(
    () => ({ status: 200, said: '' }),
    (error: Error) => ({ status: 400, said: error.message }),
  );

/** DocSpace’s and Trackle’s APIs change no redirect URI, and CryptoFuse’s has none. */
const channels: [string, Edit][] = [
  [
    'the portal',
    ({ owner }, id, uri) => told(updateClient({ ...owner, channel: 'portal' }, id, { redirectUris: [uri] })),
  ],
  [
    'the command line',
    ({ owner }, id, uri) => told(updateClient({ ...owner, channel: 'command_line' }, id, { redirectUris: [uri] })),
  ],
  [
    'the page of refused requests',
    async ({ owner }, id, uri) => {
      const refused = { clientId: id, endpoint: 'authorize', reason: 'redirect_uri', redirectUri: uri } as const;
      const reference = noteRefusal(db, { ...refused, error: 'invalid_request', description: 'not registered' });
      expect(await findRefusal(owner, reference)).toBeDefined();
      return told(addRefusedRedirectUri({ ...owner, channel: 'portal' }, id, reference));
    },
  ],
  [
    'our own API',
    send(
      'PATCH',
      (id) => `/api/v1/clients/${id}`,
      (uri) => ({ redirect_uris: [uri] }),
    ),
  ],
  [
    'Telnyx’s API',
    send(
      'PUT',
      (id) => `/v2/oauth_clients/${id}`,
      (uri) => ({ redirect_uris: [uri] }),
    ),
  ],
  [
    'SlashID’s API',
    send(
      'PATCH',
      (id) => `/oauth2/clients/${id}`,
      (uri) => ({ redirect_uris: [uri] }),
    ),
  ],
];

async function aTenant(): Promise<Mine> {
  const { owner, organizationId } = await anOwner(db);
  const token = await aToken(db, owner, organizationId, { scopes: ['clients:read', 'clients:write'] });
  return { owner, organizationId, token };
}

async function made({ token }: Mine, path: string, body: object): Promise<string> {
  const answer = await ask('POST', path, { token, body });
  const said = await answer.text();
  expect(answer.status, said).toBe(201);
  return JSON.parse(said).client_id;
}

const native = { client_name: 'Notes', application_type: 'native', scope: 'openid' };
const register = (mine: Mine, path = '/oauth/register') =>
  made(mine, path, { ...native, redirect_uris: ['http://127.0.0.1/first'] });

/** One with a secret that no program registered by itself. */
async function withSecret(mine: Mine): Promise<string> {
  const id = await made(mine, '/api/v1/clients', { ...native, redirect_uris: ['https://app.example/cb'] });
  await db.update(clients).set({ tokenEndpointAuthMethod: 'client_secret_basic' }).where(eq(clients.clientId, id));
  return id;
}

const urisOf = async (id: string) =>
  (await db.select().from(clients).where(eq(clients.clientId, id)))[0]?.redirectUris ?? [];

describe.each(channels)('%s', (_name, edit) => {
  test.each([loopback, own])('leads an installed program that registered itself with a secret to %s', async (uri) => {
    const mine = await aTenant();
    const id = await register(mine);
    const { status, said } = await edit(mine, id, uri);
    expect(status, said).toBeLessThan(300);
    expect(await urisOf(id)).toContain(uri);
  });

  test.each([loopback, own])('leads no other installed program with a secret to %s', async (uri) => {
    const mine = await aTenant();
    const id = await withSecret(mine);
    const { status, said } = await edit(mine, id, uri);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(said).toMatch(notKept);
    expect(await urisOf(id)).toEqual(['https://app.example/cb']);
  });
});

test('our own API returns findings for such a program’s redirect URIs', async () => {
  const mine = await aTenant();
  const id = await register(mine, '/v2/oauth/register');
  const answer = await ask('PATCH', `/api/v1/clients/${id}`, {
    token: mine.token,
    body: { redirect_uris: ['http://localhost/cb'], post_logout_redirect_uris: ['com.example.app:/bye'] },
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  const { warnings } = (await answer.json()) as { warnings: { pointer: string; rule: string }[] };
  expect(warnings.map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual([
    '#/redirect_uris/0 R8',
    '#/post_logout_redirect_uris/0 R15',
  ]);
});

test('one that registered itself without a secret may be given one', async () => {
  const mine = await aTenant();
  const public_ = { ...native, token_endpoint_auth_method: 'none', redirect_uris: [loopback, own] };
  const id = await made(mine, '/oauth/register', public_);
  const changed = { tokenEndpointAuthMethod: 'client_secret_basic', requirePkce: false } as const;
  const after = await updateClient({ ...mine.owner, channel: 'portal' }, id, changed);
  expect([after.tokenEndpointAuthMethod, after.requirePkce]).toEqual(['client_secret_basic', true]);
});

test('a form judges while somebody types as the server judges what is sent', () => {
  const setting = {
    applicationType: 'native',
    environment: 'production',
    tokenEndpointAuthMethod: 'client_secret_basic',
    secretOptional: false,
    grantTypes: ['authorization_code'],
  } satisfies Partial<RedirectSetting>;
  const typed = (provenance: 'registration' | 'portal') => {
    const judged = { ...setting, provenance };
    const context = { ...redirectContext(judged), redirectUris: [loopback] };
    return [...judgeRedirectsOf(judged, [loopback, own]), ...judgePostLogoutUris([own, loopback], context)]
      .filter(({ rule }) => rule === 'R6')
      .map(({ field }) => field);
  };
  expect(typed('registration')).toEqual([]);
  expect(typed('portal')).toEqual([
    'redirectUris.0',
    'redirectUris.1',
    'postLogoutRedirectUris.0',
    'postLogoutRedirectUris.1',
  ]);
});

test('a scheme of the operator’s list is kept of a registration, beside a URI that is refused', async () => {
  const id = await made(await aTenant(), '/oauth/register', { ...native, redirect_uris: ['kiosk:/cb', 'nowhere:/cb'] });
  expect(await urisOf(id)).toEqual(['kiosk:/cb']);
});
