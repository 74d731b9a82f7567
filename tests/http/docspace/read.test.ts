import { beforeAll, describe, expect, test } from 'vitest';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aClientId, anOrganizationWithApps, fullKeys, type Item, infoKeys } from '#support/docspace';

type Page = {
  data: Item[];
  response: Item[];
  last_client_id: string | null;
  last_created_on: string | null;
  limit: number;
};

const read = async (path: string, by: { token: string }) => (await (await ask('GET', path, by)).json()) as Page;

describe.each(['/api/2.0', '/api/2.0/oauth2'])('under %s', (base) => {
  let mine: Awaited<ReturnType<typeof anOrganizationWithApps>>;
  let app: Item & { client_secret: string };
  beforeAll(async () => {
    mine = await anOrganizationWithApps();
    app = await mine.make('Docs bot');
  });

  test('GET /clients/{id} shows the whole client, and its secret to a token that may see secrets', async () => {
    const answer = await ask('GET', `${base}/clients/${app.client_id}`, mine);
    expect(answer.status).toBe(200);
    const client = (await answer.json()) as Item;
    expect(Object.keys(client).sort()).toEqual([...fullKeys, 'client_secret'].sort());
    expect(client).toMatchObject({
      name: 'Docs bot',
      client_secret: app.client_secret,
      description: 'Files invoices',
      website_url: 'https://bot.example',
      authentication_methods: ['client_secret_post'],
      tenant: mine.organization.number,
      redirect_uris: ['https://bot.example/callback'],
      logout_redirect_uris: ['https://bot.example/bye'],
      scopes: ['files:read', 'files:write'],
      created_by: mine.owner.actor.userId,
      is_public: true,
      enabled: true,
      logo: expect.stringMatching(/^data:image\/png;base64,/),
    });
    expect(client.modified_on).toBe(client.created_on);
  });

  test('GET /clients/{id} leaves the secret out for a token without clients:secrets', async () => {
    const token = await aToken(db, mine.owner, mine.organizationId, { scopes: ['clients:read'] });
    const answer = await ask('GET', `${base}/clients/${app.client_id}`, { token });
    expect(Object.keys((await answer.json()) as Item).sort()).toEqual(fullKeys);
  });

  test('GET /clients/{id}/info tells nothing about redirects, origins, tenant, state or secret', async () => {
    const answer = await ask('GET', `${base}/clients/${app.client_id}/info`, mine);
    expect(answer.status).toBe(200);
    const info = (await answer.json()) as Item;
    expect(Object.keys(info).sort()).toEqual(infoKeys);
    expect(info.created_by).toBe(mine.owner.actor.userId);
  });

  test.each(['clients/public/ID/info', 'clients/ID/public/info'])(
    'GET /%s needs no credential, names no person and is open to every origin',
    async (spelling) => {
      const path = `${base}/${spelling.replace('ID', app.client_id)}`;
      const answer = await ask('GET', path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      const info = (await answer.json()) as Item;
      expect(Object.keys(info).sort()).toEqual(infoKeys);
      expect(info).toMatchObject({ name: 'Docs bot', created_by: null, modified_by: null });
      const unchanged = await ask('GET', path, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
      expect(unchanged.status).toBe(304);
      expect(unchanged.headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  test('GET /scopes lists the catalogue by name, group and type', async () => {
    const scopes = (await (await ask('GET', `${base}/scopes`, mine)).json()) as unknown[];
    expect(scopes).toContainEqual({ name: 'files:read', group: 'files', type: 'read' });
    expect(scopes).toContainEqual(expect.objectContaining({ name: 'openid', type: 'openid' }));
  });
});

describe('GET /clients', () => {
  test('pages newest first by the last id and time, and ends with null', async () => {
    const { token, make } = await anOrganizationWithApps();
    const names = ['one', 'two', 'three', 'four', 'five'].map((word) => `app ${word}`);
    for (const name of names) await make(name);
    const seen: unknown[] = [];
    let page = await read('/api/2.0/clients?limit=2', { token });
    for (let pages = 1; pages < 5; pages++) {
      expect(page.limit).toBe(2);
      expect(page.response.map(({ id }) => id)).toEqual(page.data.map(({ client_id }) => client_id));
      expect(page.data.every((item) => !('client_secret' in item) && !('id' in item))).toBe(true);
      seen.push(...page.data.map(({ name }) => name));
      if (page.last_client_id === null) break;
      expect(page.last_client_id).toBe(page.data.at(-1)?.client_id);
      const after = `last_client_id=${page.last_client_id}&last_created_on=${page.last_created_on}`;
      page = await read(`/api/2.0/clients?limit=2&${after}`, { token });
    }
    expect(page.last_created_on).toBeNull();
    expect(seen).toEqual(names.reverse());
  });

  test('shows 30 a page when no limit is named, and an empty page to who has none', async () => {
    const { token } = await anOrganizationWithApps();
    expect(await read('/api/2.0/clients', { token })).toEqual({
      data: [],
      last_client_id: null,
      last_created_on: null,
      limit: 30,
      response: [],
    });
  });

  test.each([
    'limit=0',
    'limit=51',
    'limit=many',
    'limit=1&limit=2',
    'last_client_id=x',
    'last_created_on=yesterday',
    'last_created_on=2026-11-02T09:30:00Z%27--',
    'last_created_on=2026-11-02T99:30:00Z',
  ])('refuses ?%s with 400 and names the parameter', async (query) => {
    const { token } = await anOrganizationWithApps();
    const answer = await ask('GET', `/api/2.0/clients?${query}`, { token });
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { field: string }[] };
    expect(errors[0]?.field).toBe(query.split('=')[0]);
  });
});

describe('GET /clients/info', () => {
  let mine: Awaited<ReturnType<typeof anOrganizationWithApps>>;
  let theirs: Item;
  let apps: Item[];
  beforeAll(async () => {
    mine = await anOrganizationWithApps();
    apps = [await mine.make('first app'), await mine.make('second app'), await mine.make('third app')];
    theirs = await (await anOrganizationWithApps()).make('foreign app');
  });
  const ids = (page: Page) => page.data.map(({ client_id }) => client_id);

  test('?ids= answers those the caller sees, in the order asked, and skips the rest', async () => {
    const [first, second] = apps.map(({ client_id }) => client_id);
    const query = [second, aClientId, theirs.client_id, 'nonsense', first, second].map((id) => `ids=${id}`).join('&');
    const page = await read(`/api/2.0/clients/info?${query}`, mine);
    expect(ids(page)).toEqual([second, first]);
    expect(page.response.map(({ id }) => id)).toEqual([second, first]);
    expect(Object.keys(page.data[0] ?? {}).sort()).toEqual(infoKeys);
  });

  test('?ids= takes 50 and refuses 51', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => `ids=${aClientId.slice(0, -2)}${String(at).padStart(2, '0')}`).join('&');
    expect((await ask('GET', `/api/2.0/clients/info?${many(50)}`, mine)).status).toBe(200);
    expect((await ask('GET', `/api/2.0/clients/info?${many(51)}`, mine)).status).toBe(400);
  });

  test('without ids a limit is required, and the pages follow one another', async () => {
    expect((await ask('GET', '/api/2.0/clients/info', mine)).status).toBe(400);
    const first = await read('/api/2.0/clients/info?limit=2', mine);
    expect(first.data).toHaveLength(2);
    const after = `last_client_id=${first.last_client_id}&last_created_on=${first.last_created_on}`;
    const second = await read(`/api/2.0/clients/info?limit=2&${after}`, mine);
    expect([...ids(first), ...ids(second)].sort()).toEqual(apps.map(({ client_id }) => client_id).sort());
    expect(second.last_client_id).toBeNull();
  });
});

describe('who sees what', () => {
  test('an ADMIN sees all of the tenant, a USER only what they created, a GUEST nothing', async () => {
    const { organizationId, token, make } = await anOrganizationWithApps();
    const as = async (role: 'admin' | 'developer' | 'viewer') =>
      aToken(db, await aPerson(db, { roles: { [organizationId]: role } }), organizationId);
    const [admin, user, guest] = [await as('admin'), await as('developer'), await as('viewer')];
    const ofOwner = await make('made by owner');
    const ofUser = await make('made by user', user);
    const look = async (by: string, { client_id }: Item) =>
      (await ask('GET', `/api/2.0/clients/${client_id}`, { token: by })).status;
    expect([await look(token, ofUser), await look(admin, ofOwner), await look(admin, ofUser)]).toEqual([200, 200, 200]);
    expect([await look(user, ofUser), await look(user, ofOwner), await look(guest, ofUser)]).toEqual([200, 404, 403]);
    expect((await read('/api/2.0/clients', { token: admin })).data).toHaveLength(2);
    expect((await read('/api/2.0/clients', { token: user })).data).toHaveLength(1);
    const named = await read(`/api/2.0/clients/info?ids=${ofOwner.client_id}&ids=${ofUser.client_id}`, { token: user });
    expect(named.data.map(({ name }) => name)).toEqual(['made by user']);
    expect((await ask('GET', '/api/2.0/scopes', { token: guest })).status).toBe(200);
  });

  test('someone else’s client, an unknown id and a malformed id are answered alike', async () => {
    const { token } = await anOrganizationWithApps();
    const { client_id } = await (await anOrganizationWithApps()).make('not yours');
    const [theirs, unknown, malformed] = await Promise.all(
      [client_id, aClientId, 'nonsense'].map(async (id) => {
        const answer = await ask('GET', `/api/2.0/clients/${id}`, { token });
        return { status: answer.status, body: (await answer.text()).replaceAll(id, 'ID') };
      }),
    );
    expect(theirs?.status).toBe(404);
    expect(unknown).toEqual(theirs);
    expect(malformed).toEqual(theirs);
  });
});
