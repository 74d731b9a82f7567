import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { getOwnedClient } from '#lib/clients/index';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { type Answered, anOrganizationWithProduct, installed, refusalOf, web } from '#support/trackle';

let mine: Awaited<ReturnType<typeof anOrganizationWithProduct>>;
beforeEach(async () => {
  mine = await anOrganizationWithProduct();
});

const form = (members: Record<string, string>) => ({
  body: new URLSearchParams(members).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const stored = ({ id }: { id: string }) => getOwnedClient(mine.owner, id);
const actions = async ({ id }: { id: string }) =>
  (await db.select().from(auditEvents).where(eq(auditEvents.targetId, id)).orderBy(auditEvents.id)).map(
    ({ action, channel }) => `${channel} ${action}`,
  );

describe('POST', () => {
  test('installed without a redirect URI is a machine, with one a native app that may do without its secret', async () => {
    expect(await stored(await mine.make(installed))).toMatchObject({
      applicationType: 'machine',
      grantTypes: ['client_credentials'],
      redirectUris: [],
      scopes: ['create:customers'],
      provenance: 'trackle',
      accessTokenLifetimeSeconds: 604_800,
      refreshTokenLifetimeSeconds: 2_592_000,
    });
    const native = await mine.make({ ...installed, redirect_uri: 'http://127.0.0.1/callback' });
    expect(native).toMatchObject({ type: 'installed', redirect_uri: 'http://127.0.0.1/callback' });
    expect(await stored(native)).toMatchObject({
      applicationType: 'native',
      grantTypes: ['authorization_code', 'refresh_token'],
      secretOptional: true,
      requirePkce: true,
    });
  });

  test('web is a confidential client of the code flow', async () => {
    expect(await stored(await mine.make(web))).toMatchObject({
      applicationType: 'web',
      grantTypes: ['authorization_code', 'refresh_token'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      scopes: [],
    });
  });

  test('several scopes stand in one text; none means none', async () => {
    expect((await mine.make({ ...installed, scope: 'read  write read' })).scope).toBe('read write');
    for (const scope of [undefined, null, '', ' ']) expect((await mine.make({ ...installed, scope })).scope).toBe('');
  });

  test('a form makes what JSON makes, its token in the header or in the form', async () => {
    const byHeader = await ask('POST', '/v1/clients', {
      token: mine.token,
      ...form({ ...installed, redirect_uri: '' }),
    });
    const members = { name: 'caffè & co', type: 'web', redirect_uri: 'https://app.example/cb?a=1&b=%20' };
    const byMember = await ask('POST', `/v1/products/${mine.product.slug}/clients`, {
      ...form({ ...members, access_token: mine.token }),
    });
    expect([byHeader.status, byMember.status]).toEqual([200, 200]);
    expect(((await byHeader.json()) as Answered).client).toMatchObject(installed);
    const { client } = (await byMember.json()) as Answered;
    expect(client).toMatchObject(members);
    expect(await stored(client)).toMatchObject({ productId: mine.product.id });
  });

  test('may have unknown members', async () => {
    const made = await mine.make({
      ...installed,
      id: 'mine',
      org_id: 'x',
      secret: 'weak',
      ok: false,
      status: 'suspended',
    });
    expect(made.secret).toMatch(/^clt_cs_/);
    expect(made.org_id).toBe(mine.organization.externalId);
  });
});

describe('PUT', () => {
  test('changes name and scope as far as they are sent, and nothing else', async () => {
    const made = await mine.make(web);
    const put = async (body: object) => {
      const answer = await ask('PUT', `/v1/clients/${made.id}`, { token: mine.token, body });
      expect(answer.status, await answer.clone().text()).toBe(200);
      return (await answer.json()) as Answered;
    };
    expect(await put({ name: 'renamed' })).toEqual({ ok: true, client: { ...made, name: 'renamed' } });
    expect((await put({ scope: 'read write' })).client).toEqual({ ...made, name: 'renamed', scope: 'read write' });
    expect((await put({ scope: '' })).client.scope).toBe('');
    const more = { type: 'installed', redirect_uri: 'https://evil.example', secret: 'weak', org_id: 'x', name: 'last' };
    expect((await put(more)).client).toEqual({ ...made, name: 'last' });
    expect((await put({})).client.name).toBe('last');
    expect(await mine.list()).toEqual([{ ...made, name: 'last' }]);
  });

  test('takes a form with its token in it, also through the product', async () => {
    const made = await mine.make(installed, { path: `/v1/products/${mine.product.id}/clients` });
    const path = `/v1/products/${mine.product.slug}/clients/${made.id}`;
    const answer = await ask('PUT', path, form({ access_token: mine.token, name: 'renamed by form' }));
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as Answered).client).toEqual({ ...made, name: 'renamed by form' });
  });
});

describe('DELETE', () => {
  test('answers 204 without a body, with the token in the header or in a form, and the client is gone', async () => {
    const [first, second] = [await mine.make(installed), await mine.make(installed)];
    const byHeader = await ask('DELETE', `/v1/clients/${first.id}`, mine);
    const byForm = await ask('DELETE', `/v1/clients/${second.id}`, form({ access_token: mine.token }));
    for (const answer of [byHeader, byForm]) expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(await mine.list()).toEqual([]);
    expect((await ask('DELETE', `/v1/clients/${first.id}`, mine)).status).toBe(404);
  });

  test('every write is noted with its channel', async () => {
    const made = await mine.make(installed);
    await ask('PUT', `/v1/clients/${made.id}`, { token: mine.token, body: { name: 'renamed' } });
    await ask('DELETE', `/v1/clients/${made.id}`, mine);
    expect(await actions(made)).toEqual([
      'trackle client.create',
      'trackle client.update',
      'trackle secret.read',
      'trackle client.delete',
    ]);
  });
});

describe('a client of no product, or of another', () => {
  test('is not found under a product', async () => {
    const made = await mine.make(installed);
    const path = `/v1/products/${mine.product.id}/clients/${made.id}`;
    for (const [method, body] of [['PUT', { name: 'x' }], ['DELETE']] as const) {
      const answer = await ask(method, path, { token: mine.token, body });
      expect(answer.status).toBe(404);
      expect((await refusalOf(answer)).error).toBe('Client not found');
    }
    expect(await mine.list()).toEqual([made]);
  });
});

describe('roles', () => {
  test('a developer changes and deletes what they created, a viewer nothing', async () => {
    const ofOwner = await mine.make(installed);
    const as = async (role: 'developer' | 'viewer') =>
      aToken(db, await aPerson(db, { roles: { [mine.organizationId]: role } }), mine.organizationId);
    const [developer, viewer] = [await as('developer'), await as('viewer')];
    const own = await mine.make(installed, { by: developer });
    const statuses = async (token: string, { id }: { id: string }) => [
      (await ask('PUT', `/v1/clients/${id}`, { token, body: { name: 'changed' } })).status,
      (await ask('DELETE', `/v1/clients/${id}`, { token })).status,
    ];
    expect(await statuses(viewer, own)).toEqual([403, 403]);
    expect(await statuses(developer, ofOwner)).toEqual([403, 403]);
    expect(await statuses(developer, own)).toEqual([200, 204]);
    const answer = await ask('POST', '/v1/clients', { token: viewer, body: installed });
    expect(answer.status).toBe(403);
    await refusalOf(answer);
    expect(await mine.list()).toEqual([ofOwner]);
  });
});
