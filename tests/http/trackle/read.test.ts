import { beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { createClient } from '#lib/clients/index';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { anOrganizationWithProduct, installed, web } from '#support/trackle';

let mine: Awaited<ReturnType<typeof anOrganizationWithProduct>>;
beforeAll(async () => {
  mine = await anOrganizationWithProduct();
});

describe('GET /v1/clients', () => {
  test('is a bare array with the keys that Trackle publishes, oldest first, with secrets', async () => {
    const { organization, make, list } = await anOrganizationWithProduct();
    expect(await list()).toEqual([]);
    const first = await make(installed);
    const second = await make(web);
    expect(await list()).toEqual([first, second]);
    expect(first).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      name: 'myapp-0c27',
      org_id: organization.externalId,
      scope: 'create:customers',
      secret: expect.stringMatching(/^clt_cs_[A-Za-z0-9]{49}$/),
      type: 'installed',
    });
    expect(second).toMatchObject({ type: 'web', scope: '', redirect_uri: 'https://app.example/callback' });
  });

  test('holds every client of the organization, the product’s and other channels’ too, and no other organization’s', async () => {
    const { owner, organizationId, product, make, list } = await anOrganizationWithProduct();
    await make(installed);
    await make(installed, { path: `/v1/products/${product.slug}/clients` });
    await createClient(owner, { organizationId, metadata: { name: 'Browser app', applicationType: 'spa' } });
    await createClient(owner, { organizationId, metadata: { name: 'Terminal', applicationType: 'device' } });
    await mine.make({ name: 'theirs', type: 'installed' });
    expect((await list()).map(({ name, type }) => [name, type])).toEqual([
      ['myapp-0c27', 'installed'],
      ['myapp-0c27', 'installed'],
      ['Browser app', 'web'],
      ['Terminal', 'installed'],
    ]);
  });

  test('has no end that a caller must ask for', async () => {
    const { organizationId, list, token } = await anOrganizationWithProduct();
    const row = {
      organizationId,
      applicationType: 'machine',
      environment: 'production',
      provenance: 'portal',
      tokenEndpointAuthMethod: 'client_secret_basic',
      requirePkce: false,
      accessTokenLifetimeSeconds: 3600,
      refreshTokenLifetimeSeconds: 3600,
    } as const;
    const names = Array.from({ length: 2001 }, (_, at) => `app ${at}`);
    for (const part of [names.slice(0, 1000), names.slice(1000)])
      await db.insert(clients).values(part.map((name) => ({ ...row, name, nameSkeleton: name })));
    const shown = (await list()).map(({ name }) => name);
    expect(shown).toHaveLength(2001);
    expect(new Set(shown)).toEqual(new Set(names));
    expect(await (await ask('HEAD', '/v1/clients', { token })).text()).toBe('');
  });
});

describe('a product', () => {
  test.each(['id', 'slug'] as const)('is named by its %s and lists its own clients only', async (by) => {
    const { product, make, list } = await anOrganizationWithProduct();
    const path = `/v1/products/${product[by]}/clients`;
    await make(installed);
    const made = await make(web, { path });
    expect(await list({ path })).toEqual([made]);
  });

  test.each(['nothing', '0', '999999999', '99999999999999999999', '-1', '1.5', 'LAMP-4601', "lamp'--", '%00', '%20'])(
    'called %s is not found',
    async (named) => {
      const answer = await ask('GET', `/v1/products/${named}/clients`, mine);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ ok: false, error: 'Product not found' });
    },
  );

  test('of another organization is not found, by id or by slug', async () => {
    const theirs = await anOrganizationWithProduct();
    await theirs.make(installed, { path: `/v1/products/${theirs.product.id}/clients` });
    const path = `/v1/products/${theirs.product.id}/clients`;
    expect((await ask('GET', path, mine)).status).toBe(404);
    expect((await ask('POST', path, { token: mine.token, body: installed })).status).toBe(404);
    expect(await mine.list({ path: `/v1/products/${theirs.product.slug}/clients` })).toEqual([]);
  });
});

describe('who sees what', () => {
  test('every member sees all clients of the organization; a viewer sees no secret', async () => {
    const { organizationId, make, list } = await anOrganizationWithProduct();
    const made = await make(installed);
    const as = async (role: 'admin' | 'developer' | 'viewer') =>
      aToken(db, await aPerson(db, { roles: { [organizationId]: role } }), organizationId);
    expect(await list({ by: await as('admin') })).toEqual([made]);
    expect(await list({ by: await as('developer') })).toEqual([made]);
    const { secret: _, ...rest } = made;
    expect(await list({ by: await as('viewer') })).toEqual([rest]);
  });
});

describe('the token', () => {
  test('is read from the header, and from the query of a GET', async () => {
    expect((await ask('GET', '/v1/clients', mine)).status).toBe(200);
    expect((await ask('GET', `/v1/clients?access_token=${mine.token}`)).status).toBe(200);
    expect((await ask('HEAD', `/v1/clients?access_token=${mine.token}`)).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/v1/clients'],
      ['PUT', '/v1/clients/x'],
      ['DELETE', '/v1/clients/x'],
    ] as const)
      expect((await ask(method, `${path}?access_token=${mine.token}`, { body: {} })).status).toBe(401);
  });

  test('sent twice, or in two ways, is 400', async () => {
    const { token } = mine;
    const twice = [
      ask('GET', `/v1/clients?access_token=${token}`, { token }),
      ask('GET', `/v1/clients?access_token=${token}&access_token=${token}`),
      ask('GET', `/v1/clients?access_token=${token}`, { headers: { authorization: 'Basic eDp5' } }),
      ask('POST', '/v1/clients', {
        token,
        body: `name=x&type=installed&access_token=${token}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    ];
    for (const answer of await Promise.all(twice)) expect(answer.status).toBe(400);
  });
});
