import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { apiTokens } from '#db/schema/token';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { all, aTenant, type Json, json, noId, problemOf } from '#support/native';

let mine: Awaited<ReturnType<typeof aTenant>>;
let here: string;
beforeEach(async () => {
  mine = await aTenant();
  here = `/organizations/${mine.organizationId}`;
});

const items = async (path: string) => (await json<{ items: Json[] }>(await mine.call('GET', path))).items;
const patch = (path: string, body: object, token = mine.token) => mine.call('PATCH', path, { body, token });

describe('organizations', () => {
  test('a token sees its one organization, whatever others its person has', async () => {
    const { owner, organizationId } = mine;
    const theirs = await aTenant();
    const person = await aPerson(db, { roles: { [organizationId]: 'owner', [theirs.organizationId]: 'owner' } });
    const token = await aToken(db, person, organizationId, { scopes: all });
    const { items: seen } = await json<{ items: Json[] }>(await ask('GET', '/api/v1/organizations', { token }));
    expect(seen.map((one) => one.organization_id)).toEqual([organizationId]);
    await problemOf(await ask('GET', `/api/v1/organizations/${theirs.organizationId}`, { token }), 404);
    expect(await json(await mine.call('GET', here))).toMatchObject({
      name: 'Acme',
      is_personal: false,
      parent_id: null,
    });
    expect(await json(await mine.call('GET', '/me'))).toMatchObject({
      user_id: owner.actor.userId,
      organization_id: organizationId,
      role: 'owner',
      scope: all.join(' '),
      expires_at: null,
    });
  });

  test('are renamed and deleted by their owner', async () => {
    expect(await json(await patch(here, { name: ' New  name ' }))).toMatchObject({ name: 'New  name' });
    expect((await problemOf(await patch(here, { name: '' }), 422)).errors).toMatchObject([{ pointer: '#/name' }]);
    const { client_id } = await mine.make();
    await problemOf(await mine.call('DELETE', here), 409);
    await mine.call('DELETE', `/clients/${client_id}`);
    expect((await mine.call('DELETE', here)).status).toBe(204);
    await problemOf(await mine.call('GET', here), 401);
  });
});

describe('members', () => {
  test('are listed, given roles and removed; the last owner stays', async () => {
    const { userId, token } = await mine.tokenOf('developer');
    const listed = await items(`${here}/members`);
    expect(listed.map(({ role }) => role)).toEqual(['owner', 'developer']);
    expect(listed[1]).toMatchObject({ user_id: userId, email: `${userId}@example.com`, is_disabled: false });
    expect(await json(await patch(`${here}/members/${userId}`, { role: 'viewer' }))).toMatchObject({ role: 'viewer' });
    const body = { client_name: 'x', application_type: 'machine' };
    await problemOf(await ask('POST', '/api/v1/clients', { token, body }), 403);
    expect((await mine.call('DELETE', `${here}/members/${userId}`)).status).toBe(204);
    expect((await ask('GET', '/api/v1/me', { token })).status).toBe(401);
    const self = `${here}/members/${mine.owner.actor.userId}`;
    await problemOf(await patch(self, { role: 'admin' }), 409);
    await problemOf(await mine.call('DELETE', self), 409);
    for (const id of [userId, 'usr_nobody', '%00', noId])
      await problemOf(await mine.call('DELETE', `${here}/members/${id}`), 404);
  });

  test('an admin neither makes nor unmakes owners; a developer sees no addresses and changes nothing', async () => {
    const { token: admin } = await mine.tokenOf('admin');
    const { token: developer, userId } = await mine.tokenOf('developer');
    await problemOf(await patch(`${here}/members/${userId}`, { role: 'owner' }, admin), 403);
    await problemOf(await patch(`${here}/members/${mine.owner.actor.userId}`, { role: 'viewer' }, admin), 403);
    await problemOf(await patch(`${here}/members/${userId}`, { role: 'admin' }, developer), 403);
    const { items: seen } = await json<{ items: Json[] }>(
      await mine.call('GET', `${here}/members`, { token: developer }),
    );
    expect(seen.every(({ email }) => email === null)).toBe(true);
  });

  test('are invited by mail; an invitation can be taken back', async () => {
    const body = { email: 'grace@app.example', role: 'developer' };
    const made = await json(await mine.call('POST', `${here}/invitations`, { body }), 201);
    expect(made).toMatchObject({ ...body, mail_sent: true });
    expect(await items(`${here}/invitations`)).toMatchObject([{ ...body, invited_by_name: 'Ada' }]);
    expect((await mine.call('DELETE', `${here}/invitations/${made.invitation_id}`)).status).toBe(204);
    await problemOf(await mine.call('DELETE', `${here}/invitations/${made.invitation_id}`), 404);
    const wrong = await problemOf(
      await mine.call('POST', `${here}/invitations`, { body: { ...body, email: 'no' } }),
      422,
    );
    expect(wrong.errors).toMatchObject([{ pointer: '#/email' }]);
    const member = { ...body, email: `${mine.owner.actor.userId}@example.com` };
    await problemOf(await mine.call('POST', `${here}/invitations`, { body: member }), 409);
  });
});

describe('managers', () => {
  test('edit a client that they did not create, until that is taken back', async () => {
    const { client_id } = await mine.make();
    const { userId, token } = await mine.tokenOf('developer');
    const edit = () => mine.call('PATCH', `/clients/${client_id}`, { token, body: { description: 'x' } });
    await problemOf(await edit(), 403);
    const at = `/clients/${client_id}/managers`;
    expect((await mine.call('PUT', `${at}/${userId}`)).status).toBe(204);
    expect(await items(at)).toMatchObject([{ user_id: userId, name: 'Ada' }]);
    expect((await edit()).status).toBe(200);
    expect((await mine.call('DELETE', `${at}/${userId}`)).status).toBe(204);
    await problemOf(await edit(), 403);
    await problemOf(await mine.call('PUT', `${at}/usr_nobody`), 422);
  });
});

describe('products', () => {
  test('are made, found by id and slug, renamed, and removed once they own nothing', async () => {
    const at = `${here}/products`;
    const made = await json(await mine.call('POST', at, { body: { name: 'Photon' } }), 201);
    expect(made).toMatchObject({ slug: 'photon', organization_id: mine.organizationId });
    await problemOf(await mine.call('POST', at, { body: { name: 'Other', slug: 'photon' } }), 409);
    const bad = await problemOf(await mine.call('POST', at, { body: { name: 'x', slug: '12' } }), 422);
    expect(bad.errors).toMatchObject([{ pointer: '#/slug' }]);
    for (const name of [made.product_id, 'photon'])
      expect(await json(await mine.call('GET', `${at}/${name}`))).toEqual(made);
    for (const name of ['0', 'nothing', '-', '9'.repeat(30), 'PHOTON'])
      await problemOf(await mine.call('GET', `${at}/${name}`), 404);
    expect(await json(await patch(`${at}/photon`, { name: 'Argon' }))).toMatchObject({ name: 'Argon', slug: 'photon' });
    const { client_id } = await mine.make({ product_id: made.product_id });
    expect(await items(at)).toMatchObject([{ client_count: 1 }]);
    expect(await items(`/clients?product_id=${made.product_id}`)).toHaveLength(1);
    await problemOf(await mine.call('DELETE', `${at}/photon`), 409);
    expect(await json(await patch(`/clients/${client_id}`, { product_id: null }))).toMatchObject({ product_id: null });
    expect((await mine.call('DELETE', `${at}/photon`)).status).toBe(204);
  });
});

describe('tokens', () => {
  const post = (body: object, token = mine.token) =>
    mine.call('POST', '/tokens', { token, body: { name: 'CI', ...body } });

  test('are made, shown once, listed and ended', async () => {
    const made = await json(await post({ scope: 'clients:read audit:read' }), 201);
    expect(made).toMatchObject({ scope: 'clients:read audit:read', expires_at: null, state: 'live' });
    const token = String(made.token);
    expect((await ask('GET', '/api/v1/clients', { token })).status).toBe(200);
    const { token: _, last_used_at: _use, ...shown } = made;
    expect(await json(await mine.call('GET', `/tokens/${made.token_id}`))).toMatchObject(shown);
    for (const at of ['/tokens', `${here}/tokens`]) {
      const listed = await items(at);
      expect(listed).toHaveLength(2);
      expect(JSON.stringify(listed)).not.toContain(token);
    }
    expect((await mine.call('DELETE', `/tokens/${made.token_id}`)).status).toBe(204);
    await problemOf(await mine.call('GET', `/tokens/${made.token_id}`), 404);
    expect((await ask('GET', '/api/v1/clients', { token })).status).toBe(401);
  });

  test('no token makes one beyond its scopes, its end, its organization or its person’s role', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const lesser = await aToken(db, mine.owner, mine.organizationId, {
      scopes: ['org:admin', 'clients:read'],
      expiresAt,
    });
    const scope = await problemOf(await post({ scope: 'clients:read clients:write' }, lesser), 403);
    expect(scope.errors).toMatchObject([{ pointer: '#/scope', rule: 'token_beyond_its_maker' }]);
    const later = new Date(expiresAt.getTime() + 1000).toISOString();
    const end = await problemOf(await post({ scope: 'clients:read', expires_at: later }, lesser), 403);
    expect(end.errors).toMatchObject([{ pointer: '#/expires_at' }]);
    for (const expires_at of [null, undefined]) {
      const made = await json(await post({ scope: 'clients:read', expires_at }, lesser), 201);
      expect(made).toMatchObject({ organization_id: mine.organizationId, expires_at: expiresAt.toISOString() });
    }
    const reader = await aToken(db, mine.owner, mine.organizationId, { scopes: ['clients:read', 'clients:write'] });
    await problemOf(await post({ scope: 'clients:read' }, reader), 403);
    expect((await problemOf(await post({ scope: 'clients:read', organization_id: noId }), 422)).errors).toHaveLength(1);
    const { token: viewer } = await mine.tokenOf('viewer');
    const made = await json(await post({ scope: 'clients:write' }, viewer), 201);
    await problemOf(
      await ask('POST', '/api/v1/clients', {
        token: String(made.token),
        body: { client_name: 'x', application_type: 'machine' },
      }),
      403,
    );
  });

  test('of others are the business of owners and admins; a token ends itself without a scope', async () => {
    const { token: developer } = await mine.tokenOf('developer');
    await problemOf(await mine.call('GET', `${here}/tokens`, { token: developer }), 403);
    const [own] = await db.select().from(apiTokens).where(eq(apiTokens.userId, mine.owner.actor.userId));
    await problemOf(await mine.call('DELETE', `/tokens/${own?.id}`, { token: developer }), 404);
    const { token: plain } = await mine.tokenOf('viewer', ['read']);
    const { token_id } = await json(await mine.call('GET', '/me', { token: plain }));
    await problemOf(await mine.call('DELETE', `/tokens/${own?.id}`, { token: plain }), 403);
    expect((await mine.call('DELETE', `/tokens/${token_id}`, { token: plain })).status).toBe(204);
    expect((await mine.call('GET', '/me', { token: plain })).status).toBe(401);
  });

  test.each([
    ['scope', { scope: '' }],
    ['scope', { scope: 'clients:read nonsense' }],
    ['scope', { scope: ['clients:read'] }],
    ['scope', {}],
    ['name', { name: '\u202e', scope: 'clients:read' }],
    ['expires_at', { scope: 'clients:read', expires_at: '2001-01-01T00:00:00Z' }],
    ['expires_at', { scope: 'clients:read', expires_at: '9999-01-01T00:00:00Z' }],
  ])('with a wrong %s are refused', async (field, body) => {
    expect((await problemOf(await post(body), 422)).errors?.[0]).toMatchObject({ in: 'body', field });
  });
});
