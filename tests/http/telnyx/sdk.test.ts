import Telnyx from 'telnyx';
import { beforeAll, describe, expect, test } from 'vitest';
import { anOwner } from '#support/actors';
import { aToken } from '#support/api';
import { db } from '#support/database';
import { origin } from '#support/listening';

// With these the library would ask its vendor for a token, whatever its base URL says.
delete process.env.TELNYX_CLIENT_ID;
delete process.env.TELNYX_CLIENT_SECRET;

const clientFor = (apiKey: string) => new Telnyx({ apiKey, baseURL: `${origin}/v2`, maxRetries: 0 });
const machine = {
  name: 'Invoice sync',
  allowed_scopes: ['admin'],
  client_type: 'confidential',
  allowed_grant_types: ['client_credentials'],
} as const satisfies Telnyx.OAuthClientCreateParams;

describe('the npm package telnyx, given nothing but its key and its base URL', () => {
  let telnyx: Telnyx;
  let organizationId: string;
  beforeAll(async () => {
    const mine = await anOwner(db);
    organizationId = mine.organizationId;
    telnyx = clientFor(await aToken(db, mine.owner, organizationId));
  });

  test('creates, retrieves, updates and deletes', async () => {
    const { data: made } = await telnyx.oauthClients.create({ ...machine, allowed_scopes: ['admin'] });
    expect(made).toMatchObject({ record_type: 'oauth_client', name: 'Invoice sync', org_id: organizationId });
    expect(made?.client_secret).toMatch(/^clt_cs_/);
    const id = made?.client_id ?? '';
    expect((await telnyx.oauthClients.retrieve(id)).data).toEqual({ ...made, client_secret: null });
    const { data: changed } = await telnyx.oauthClients.update(id, { name: 'Invoices' });
    expect(changed).toMatchObject({ client_id: id, name: 'Invoices', allowed_scopes: ['admin'], client_secret: null });
    await telnyx.oauthClients.delete(id);
    await expect(telnyx.oauthClients.retrieve(id)).rejects.toBeInstanceOf(Telnyx.NotFoundError);
  });

  test('pages through all clients, each once, newest first', async () => {
    const { owner, organizationId: here } = await anOwner(db);
    const there = clientFor(await aToken(db, owner, here));
    const made: string[] = [];
    for (let n = 0; n < 7; n++) {
      const { data } = await there.oauthClients.create({ ...machine, allowed_scopes: [], name: `Job ${n}` });
      made.unshift(data?.name ?? '');
    }
    const walked: string[] = [];
    for await (const { name } of there.oauthClients.list({ 'page[size]': 3 })) walked.push(name);
    expect(walked).toEqual(made);
    const some = [];
    for await (const { name } of there.oauthClients.list({ 'page[size]': 1, 'filter[name][contains]': 'job' }))
      some.push(name);
    expect(some).toEqual(made);
  });

  test('ends at once where nothing is', async () => {
    const { owner, organizationId: here } = await anOwner(db);
    const walked = [];
    for await (const client of clientFor(await aToken(db, owner, here)).oauthClients.list()) walked.push(client);
    expect(walked).toEqual([]);
  });

  test('filters alone and together', async () => {
    const page = await telnyx.oauthClients.list({
      'filter[name]': 'nobody',
      'filter[name][contains]': 'nob',
      'filter[client_type]': 'public',
      'filter[verified]': false,
      'filter[allowed_grant_types][contains]': 'refresh_token',
      'filter[client_id]': '3f0c9a52-6d0b-4a7e-9a51-2b8e6f1c7d10',
    });
    expect([page.data, page.meta]).toEqual([[], { page_number: 1, page_size: 20, total_results: 0, total_pages: 0 }]);
  });

  test.each<[string, new (...args: never[]) => Error, () => Promise<unknown>]>([
    ['401', Telnyx.AuthenticationError, () => clientFor('nobody').oauthClients.list()],
    ['404', Telnyx.NotFoundError, () => telnyx.oauthClients.delete('3f0c9a52-6d0b-4a7e-9a51-2b8e6f1c7d10')],
    [
      '422',
      Telnyx.UnprocessableEntityError,
      () => telnyx.oauthClients.create({ ...machine, name: '', allowed_scopes: [] }),
    ],
    ['400', Telnyx.BadRequestError, () => telnyx.oauthClients.list({ 'page[size]': 101 })],
  ])('throws its own error for %s, with the body', async (_, kind, call) => {
    const error = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ error: { error: expect.any(String), error_description: expect.any(String) } });
  });

  test('a token that may only read: 403, typed', async () => {
    const { owner, organizationId: here } = await anOwner(db);
    const reader = clientFor(await aToken(db, owner, here, { scopes: ['clients:read'] }));
    await expect(reader.oauthClients.create({ ...machine, allowed_scopes: [] })).rejects.toBeInstanceOf(
      Telnyx.PermissionDeniedError,
    );
  });
});
