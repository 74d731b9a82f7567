import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { secrets } from '#db/schema/client';
import { createClient } from '#lib/clients/index';
import { hashCredential, mintCredential, seal, sealPurpose } from '#lib/credentials/index';
import { rotateSecret } from '#lib/secrets/index';
import { ask, aToken } from '#support/api';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { type Answered, anOrganizationWithProduct, installed } from '#support/trackle';

test('a secret is in the answers that promise it and in no other, nor in the history', async () => {
  const { owner, organizationId, token, product, make, list } = await anOrganizationWithProduct();
  const blind = await aToken(db, owner, organizationId, { scopes: ['clients:read', 'clients:write'] });
  const { secret, id } = await make(installed, { by: blind });
  expect((await list())[0]?.secret).toBe(secret);

  const [{ secret: _, ...rest } = { secret: '' }] = await list();
  expect(await list({ by: blind })).toEqual([rest]);
  const calls: [string, string, { token: string; body?: unknown }][] = [
    ['PUT', `/v1/clients/${id}`, { token: blind, body: { name: 'renamed' } }],
    ['PUT', `/v1/clients/${id}`, { token, body: { name: '', scope: secret } }],
    ['GET', `/v1/products/${product.id}/clients`, { token }],
    ['GET', `/v1/clients/${id}`, { token }],
    ['GET', `/api/2.0/clients`, { token }],
    ['DELETE', `/v1/clients/${id}`, { token }],
  ];
  for (const [method, path, options] of calls) {
    const answer = await ask(method, path, options);
    const said = `${JSON.stringify([...answer.headers])}${await answer.text()}`;
    if (!said.includes('scope: Remove')) expect(said, `${method} ${path}`).not.toContain(secret);
    expect(said).not.toContain('"secret"');
  }
  expect(JSON.stringify(await db.select().from(auditEvents))).not.toContain(secret);
});

test('each unsealing is in the history of its client', async () => {
  const { make, list } = await anOrganizationWithProduct();
  const ids = [(await make(installed)).id, (await make(installed)).id];
  await list();
  const events = await db.select().from(auditEvents);
  const read = events.filter(({ action }) => action === 'secret.read').map(({ targetId }) => targetId);
  expect(ids.map((id) => read.filter((one) => one === id).length)).toEqual([1, 1]);
});

test('the newest of several is told; one that another channel made is null', async () => {
  const { owner, organizationId, token, make, list } = await anOrganizationWithProduct();
  const { id, secret } = await make(installed);
  const { value } = await rotateSecret({ ...owner, channel: 'trackle' }, id, { overlapSeconds: 3600 });
  expect((await list())[0]?.secret).toBe(value);
  expect(value).not.toBe(secret);
  await createClient(owner, { organizationId, metadata: { name: 'Robot', applicationType: 'machine' } });
  expect((await list())[1]).toMatchObject({ name: 'Robot', secret: null });
  const answer = await ask('PUT', `/v1/clients/${id}`, { token, body: { name: 'renamed' } });
  expect(((await answer.json()) as Answered).client.secret).toBe(value);
});

test('of more than a thousand clients all are told, and each unsealing noted', async () => {
  const { organizationId, list } = await anOrganizationWithProduct();
  const ids = await Promise.all(
    Array.from({ length: 1100 }, (_, at) => aClientRow(db, { organizationId, name: `app ${at}` })),
  );
  const values = new Map(ids.map((clientId) => [clientId, mintCredential('clt_cs_')]));
  const rows = [...values].map(([clientId, value]) => ({
    clientId,
    name: 'First secret',
    ...hashCredential(value),
    ...seal(value, sealPurpose(clientId)),
    lastFour: value.slice(-4),
    channel: 'trackle',
  }));
  await db.insert(secrets).values(rows);
  const told = new Map((await list()).map(({ id, secret }) => [id, secret]));
  expect(told).toEqual(values);
  const read = and(eq(auditEvents.organizationId, organizationId), eq(auditEvents.action, 'secret.read'));
  expect(await db.$count(auditEvents, read)).toBe(1100);
});

test('private answers are neither stored nor indexed', async () => {
  const { token } = await anOrganizationWithProduct();
  for (const path of ['/v1/clients', `/v1/clients?access_token=${token}`, '/v1/nothing']) {
    const { headers } = await ask('GET', path, path.includes('?') ? {} : { token });
    expect([headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});
