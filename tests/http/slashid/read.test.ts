import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { createClient } from '#lib/clients/index';
import { aPerson } from '#support/actors';
import { aToken } from '#support/api';
import { db } from '#support/database';
import { anOrg, call, machine, messagesOf, site } from '#support/slashid';

describe('GET /oauth2/clients', () => {
  test('answers the envelope with every client of the organization, newest first, without secrets', async () => {
    const { make, list } = await anOrg();
    const empty = { limit: 1000, offset: 0, total_count: 0 };
    expect(await list()).toEqual({ meta: { pagination: empty }, errors: [], result: [] });
    const [{ client_secret: _, ...first }, { client_secret: __, ...second }] = [await make(machine), await make(site)];
    expect(await list()).toEqual({
      meta: { pagination: { ...empty, total_count: 2 } },
      errors: [],
      result: [second, first],
    });
    expect(first).toEqual({
      client_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      client_name: 'Reporter',
      grant_types: ['client_credentials'],
      response_types: [],
      scopes: ['read', 'write'],
      access_token_duration: 86_400,
      refresh_token_duration: 864_000,
      public: false,
      redirect_uris: [],
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(second).toMatchObject({ response_types: [['code']], redirect_uris: ['https://site.example/callback'] });
  });

  test('limit and offset lead through all of them, and the total stays', async () => {
    const { make, list } = await anOrg();
    for (let at = 1; at <= 5; at++) await make({ ...machine, client_name: `app ${at}` });
    const names = async (query: string) => {
      const { meta, result } = await list(query);
      return [meta.pagination, result.map(({ client_name }) => client_name)];
    };
    const page = (limit: number, offset: number) => ({ limit, offset, total_count: 5 });
    expect(await names('?limit=2')).toEqual([page(2, 0), ['app 5', 'app 4']]);
    expect(await names('?limit=2&offset=3')).toEqual([page(2, 3), ['app 2', 'app 1']]);
    expect(await names('?offset=4')).toEqual([page(1000, 4), ['app 1']]);
    expect(await names('?offset=5')).toEqual([page(1000, 5), []]);
    expect(await names('?limit=1000&offset=2147483647')).toEqual([page(1000, 2_147_483_647), []]);
  });

  test.each([
    'limit=0',
    'limit=1001',
    'limit=-1',
    'limit=many',
    'limit=1&limit=2',
    'limit=1.5',
    'offset=-1',
    'offset=2147483648',
    'offset=x',
  ])('refuses ?%s with 400 and names the parameter', async (query) => {
    const { org, key } = await anOrg();
    const answer = await call('GET', `/oauth2/clients?${query}`, { key, org });
    expect(answer.status).toBe(400);
    expect((await messagesOf(answer))[0]).toMatch(new RegExp(`^${query.split('=')[0]}: `));
  });

  test('shows what other channels made, in this API’s words', async () => {
    const { owner, org, list } = await anOrg();
    const redirectUris = ['https://app.example/callback'];
    await createClient(owner, {
      organizationId: org,
      metadata: { name: 'Browser', applicationType: 'spa', redirectUris },
    });
    await createClient(owner, { organizationId: org, metadata: { name: 'Terminal', applicationType: 'device' } });
    expect((await list()).result).toMatchObject([
      { client_name: 'Terminal', grant_types: ['refresh_token'], response_types: [], public: true },
      {
        client_name: 'Browser',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: [['code']],
        public: true,
      },
    ]);
  });
});

describe('GET /oauth2/clients/{id}', () => {
  test('answers the client without its secret, and last_used once it was', async () => {
    const { org, key, make } = await anOrg();
    const { client_secret: _, ...made } = await make(site);
    const look = async () => (await call('GET', `/oauth2/clients/${made.client_id}`, { key, org })).json();
    expect(await look()).toEqual({ result: made });
    const lastUsedAt = new Date('2026-11-02T10:00:00.250Z');
    await db.update(clients).set({ lastUsedAt }).where(eq(clients.clientId, made.client_id));
    expect(await look()).toEqual({ result: { ...made, last_used: '2026-11-02T10:00:00.250Z' } });
  });
});

test('every member reads all clients of the organization', async () => {
  const { org, make, list } = await anOrg();
  const { client_id } = await make(machine);
  for (const role of ['admin', 'developer', 'viewer'] as const) {
    const key = await aToken(db, await aPerson(db, { roles: { [org]: role } }), org, { scopes: ['clients:read'] });
    expect((await list('', key)).result).toHaveLength(1);
    expect((await call('GET', `/oauth2/clients/${client_id}`, { key, org })).status).toBe(200);
  }
});
