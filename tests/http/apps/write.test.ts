import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { getOwnedClient } from '#lib/clients/index';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { anAccount, errorOf } from '#support/apps';
import { db } from '#support/database';

describe('POST /o/apps/', () => {
  test('answers 201 with id, client_id and client_secret only, and makes a confidential machine client', async () => {
    const { owner, make } = await anAccount();
    const made = await make('My New Application');
    expect(made).toEqual({
      id: expect.any(Number),
      client_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      client_secret: expect.stringMatching(/^clt_cs_[A-Za-z0-9]{49}$/),
    });
    expect(await getOwnedClient(owner, made.client_id)).toMatchObject({
      number: made.id,
      name: 'My New Application',
      applicationType: 'machine',
      grantTypes: ['client_credentials'],
      scopes: ['read', 'write'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      accessTokenLifetimeSeconds: 3600,
      provenance: 'apps',
    });
  });

  test('takes the name and nothing else from the body', async () => {
    const { owner, token } = await anAccount();
    const body = { name: 'x', id: 7, client_secret: 'weak', client_type: 'public', scopes: ['admin'], user: 'root' };
    const answer = await ask('POST', '/o/apps/', { token, body });
    const { client_id } = (await answer.json()) as { client_id: string };
    expect(answer.status).toBe(201);
    expect(await getOwnedClient(owner, client_id)).toMatchObject({
      scopes: ['read', 'write'],
      environment: 'production',
    });
  });
});

describe('DELETE /o/apps/{id}/', () => {
  test('answers 204 without a body, and the application is gone', async () => {
    const { token, make, list } = await anAccount();
    const [first, second] = [await make('one'), await make('two')];
    const answer = await ask('DELETE', `/o/apps/${first.id}/`, { token });
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([204, '', null]);
    expect((await list()).map(({ id }) => id)).toEqual([second.id]);
    const again = await ask('DELETE', `/o/apps/${first.id}/`, { token });
    expect(again.status).toBe(404);
    expect(await again.json()).toEqual({ error: { code: 'not_found', message: 'Application not found', details: {} } });
  });

  test('every write and every unsealing is noted with its channel', async () => {
    const { token, make, list } = await anAccount();
    const { id, client_id, client_secret } = await make('one');
    await list();
    await ask('DELETE', `/o/apps/${id}/`, { token });
    const events = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.targetId, client_id))
      .orderBy(auditEvents.id);
    expect(events.map(({ channel, action }) => `${channel} ${action}`)).toEqual([
      'apps client.create',
      'apps secret.read',
      'apps client.delete',
    ]);
    expect(JSON.stringify(events)).not.toContain(client_secret);
  });
});

describe('roles', () => {
  test('a developer deletes what they created only, a viewer neither creates nor deletes', async () => {
    const { organizationId, make, list } = await anAccount();
    const as = async (role: 'developer' | 'viewer') =>
      aToken(db, await aPerson(db, { roles: { [organizationId]: role } }), organizationId, {
        scopes: ['read', 'write'],
      });
    const [developer, viewer] = [await as('developer'), await as('viewer')];
    const [ofOwner, own] = [await make('owner’s'), await make('developer’s', developer)];
    const refused = [
      await ask('DELETE', `/o/apps/${ofOwner.id}/`, { token: developer }),
      await ask('DELETE', `/o/apps/${own.id}/`, { token: viewer }),
      await ask('POST', '/o/apps/', { token: viewer, body: { name: 'viewer’s' } }),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(403);
      expect((await errorOf(answer)).code).toBe('permission_denied');
    }
    expect((await ask('DELETE', `/o/apps/${own.id}/`, { token: developer })).status).toBe(204);
    expect((await list()).map(({ name }) => name)).toEqual(['owner’s']);
  });
});
