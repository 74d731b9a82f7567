import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { listAuditEvents } from '#lib/audit/index';
import {
  addManager,
  createClient,
  disableClient,
  enableClient,
  findOwnedClient,
  listClients,
  removeClient,
  updateClient,
} from '#lib/clients/index';
import { anOrganization, anOwner, aPerson, stranger } from '#support/actors';
import { db } from '#support/database';

const web = { name: 'Invoices', redirectUris: ['https://app.example/cb'] };

describe('createClient', () => {
  test('a name is enough: the rest has the channel’s defaults, and the secret is in this answer only', async () => {
    const { owner, organizationId } = await anOwner(db);
    const made = await createClient(owner, { organizationId, metadata: web });
    expect(made.client).toMatchObject({
      name: 'Invoices',
      applicationType: 'web',
      environment: 'production',
      status: 'active',
      reviewState: 'none',
      provenance: 'portal',
      grantTypes: ['authorization_code', 'refresh_token'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      requirePkce: true,
      accessTokenLifetimeSeconds: 3600,
      refreshTokenLifetimeSeconds: 30 * 24 * 3600,
      version: 1,
    });
    expect(made.client.clientId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(made.secret?.value).toMatch(/^clt_cs_[0-9A-Za-z]{49}$/);
    expect(JSON.stringify(await findOwnedClient(owner, made.client.clientId))).not.toContain(made.secret?.value);
  });

  test('every broken rule is named at once, and nothing is stored', async () => {
    const { owner, organizationId } = await anOwner(db);
    const metadata = {
      name: ' ',
      redirectUris: ['https://ok.example/cb', 'http://evil.example/cb#x'],
      contacts: ['not an address'],
    };
    const error = await createClient(owner, { organizationId, metadata }).catch((caught) => caught);
    expect(error.code).toBe('invalid_metadata');
    const fields = error.issues.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(expect.arrayContaining(['name', 'redirectUris.1', 'contacts.0']));
    expect((await listClients(owner, { limit: 10 })).items).toEqual([]);
  });

  test('a form that is sent twice, also at the same time, makes one client', async () => {
    const { owner, organizationId } = await anOwner(db);
    const submissionId = randomUUID();
    const sent = await Promise.all(
      [1, 2, 3].map(() => createClient(owner, { organizationId, metadata: web, submissionId })),
    );
    expect(new Set(sent.map(({ client }) => client.clientId)).size).toBe(1);
    expect(sent.filter(({ created }) => created)).toHaveLength(1);
    expect(sent.filter(({ secret }) => secret)).toHaveLength(1);
  });

  test('a stranger’s organization does not exist, and a viewer may not create', async () => {
    const { organizationId } = await anOwner(db);
    const other = await aPerson(db);
    await expect(createClient(other, { organizationId, metadata: web })).rejects.toMatchObject({ code: 'not_found' });
    const viewer = await aPerson(db, { roles: { [organizationId]: 'viewer' } });
    await expect(createClient(viewer, { organizationId, metadata: web })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createClient(stranger(db), { organizationId, metadata: web })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('an organization that does not exist does not exist for an operator either', async () => {
    const operator = await aPerson(db, { isOperator: true });
    const nowhere = { organizationId: randomUUID(), metadata: web };
    await expect(createClient(operator, nowhere)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('updateClient', () => {
  test('changes the fields of the patch, increases the version and writes the difference into the history', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client } = await createClient(owner, { organizationId, metadata: web });
    const after = await updateClient(owner, client.clientId, { description: 'Files invoices' }, { version: 1 });
    expect(after).toMatchObject({ description: 'Files invoices', name: 'Invoices', version: 2 });
    const [event] = await listAuditEvents(owner, { type: 'client', id: client.clientId }, { limit: 1 });
    expect(event).toMatchObject({
      action: 'client.update',
      actorName: 'Ada',
      before: { description: '' },
      after: { description: 'Files invoices' },
    });
  });

  test('an outdated version is refused, also when two saves race', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client } = await createClient(owner, { organizationId, metadata: web });
    const saves = await Promise.allSettled(
      ['one', 'two'].map((description) => updateClient(owner, client.clientId, { description }, { version: 1 })),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(saves.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict', field: 'version' },
    });
  });

  test('unreadable values are refused together with every broken rule and a foreign product', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client } = await createClient(owner, { organizationId, metadata: web });
    const unreadable = [{ field: 'jwks', rule: 'M8', message: 'No JSON.' }];
    const edit = updateClient(owner, client.clientId, { name: '', productId: 2 ** 31 - 1 }, { version: 1, unreadable });
    const error = await edit.catch((reason) => reason);
    expect(error.issues.map(({ field }: { field: string }) => field)).toEqual(['jwks', 'productId', 'name']);
    expect(await findOwnedClient(owner, client.clientId)).toMatchObject({ name: 'Invoices', version: 1 });
  });

  test('an edit that changes nothing leaves version and history alone', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client } = await createClient(owner, { organizationId, metadata: web });
    expect(await updateClient(owner, client.clientId, { name: 'Invoices' })).toMatchObject({ version: 1 });
    expect(await listAuditEvents(owner, { type: 'client', id: client.clientId }, { limit: 9 })).toHaveLength(1);
  });

  test('an edit is not stopped by a rule that the stored client already broke, only by those it breaks itself', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client } = await createClient(owner, { organizationId, metadata: web });
    await db
      .update(clients)
      .set({ redirectUris: ['http://old.example/cb'] })
      .where(eq(clients.clientId, client.clientId));
    expect(await updateClient(owner, client.clientId, { description: 'typo mended' })).toMatchObject({ version: 2 });
    const worse = updateClient(owner, client.clientId, {
      redirectUris: ['http://old.example/cb', 'http://new.example/cb'],
    });
    await expect(worse).rejects.toMatchObject({ code: 'invalid_redirect_uri', field: 'redirectUris.1' });
  });

  test('a client of another organization is not found', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client } = await createClient(owner, { organizationId, metadata: web });
    const other = await anOwner(db);
    await expect(updateClient(other.owner, client.clientId, { name: 'Mine' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await findOwnedClient(other.owner, client.clientId)).toBeUndefined();
    expect(await findOwnedClient(other.owner, 'not-a-uuid')).toBeUndefined();
  });

  test('M7: a client that becomes public loses its secrets and must use PKCE', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client } = await createClient(owner, { organizationId, metadata: { ...web, requirePkce: false } });
    const after = await updateClient(owner, client.clientId, { tokenEndpointAuthMethod: 'none' });
    expect(after).toMatchObject({ tokenEndpointAuthMethod: 'none', requirePkce: true });
    const history = await listAuditEvents(owner, { type: 'client', id: client.clientId }, { limit: 1 });
    expect(history[0]).toMatchObject({ action: 'client.update', before: { secretIds: [expect.any(String)] } });
  });
});

describe('disableClient, enableClient, removeClient', () => {
  test('disables and enables; only the operator lifts a suspension', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client } = await createClient(owner, { organizationId, metadata: web });
    expect(await disableClient(owner, client.clientId)).toMatchObject({ status: 'disabled' });
    expect(await enableClient(owner, client.clientId)).toMatchObject({ status: 'active' });
    await db.update(clients).set({ status: 'suspended' }).where(eq(clients.clientId, client.clientId));
    await expect(enableClient(owner, client.clientId)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a deleted client is gone; its history stays', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client } = await createClient(owner, { organizationId, metadata: web });
    await removeClient(owner, client.clientId);
    expect(await findOwnedClient(owner, client.clientId)).toBeUndefined();
    const [last] = await listAuditEvents(owner, { type: 'client', id: client.clientId }, { limit: 1 });
    expect(last).toMatchObject({ action: 'client.delete', before: { name: 'Invoices', secrets: 1 } });
  });

  test('a developer deletes only what they created', async () => {
    const { owner, organizationId } = await anOwner(db);
    const developer = await aPerson(db, { roles: { [organizationId]: 'developer' } });
    const { client } = await createClient(owner, { organizationId, metadata: web });
    await expect(removeClient(developer, client.clientId)).rejects.toMatchObject({ code: 'forbidden' });
    const own = await createClient(developer, { organizationId, metadata: web });
    await removeClient(developer, own.client.clientId);
  });
});

describe('listClients', () => {
  test('pages have no gap and no overlap, forwards and back, by each sort', async () => {
    const { owner, organizationId } = await anOwner(db);
    for (const name of ['bravo', 'Alpha', 'delta', 'Charlie', 'echo'])
      await createClient(owner, { organizationId, metadata: { ...web, name } });
    for (const sort of ['created', 'name', 'lastUsed'] as const) {
      const first = await listClients(owner, { sort, limit: 2 });
      const second = await listClients(owner, { sort, limit: 2, after: first.next });
      const third = await listClients(owner, { sort, limit: 2, after: second.next });
      expect(third.next).toBeUndefined();
      expect(first.previous).toBeUndefined();
      const names = [first, second, third].flatMap(({ items }) => items.map(({ name }) => name));
      expect(new Set(names).size).toBe(5);
      if (sort === 'name') expect(names).toEqual(['Alpha', 'bravo', 'Charlie', 'delta', 'echo']);
      const back = await listClients(owner, { sort, limit: 2, before: third.previous });
      expect(back.items).toEqual(second.items);
    }
  });

  test('filters combine, and a search of two characters is refused with the reason', async () => {
    const { owner, organizationId } = await anOwner(db);
    await createClient(owner, { organizationId, metadata: { ...web, name: '100% sure', environment: 'staging' } });
    await createClient(owner, { organizationId, metadata: { ...web, name: '100 sure' } });
    const found = await listClients(owner, {
      limit: 10,
      filter: {
        nameContains: '0% SU',
        environment: 'staging',
        verified: false,
        status: 'active',
        grantType: 'refresh_token',
        applicationType: 'web',
        provenance: 'portal',
      },
    });
    expect(found.items.map(({ name }) => name)).toEqual(['100% sure']);
    await expect(listClients(owner, { limit: 10, filter: { nameContains: 'su' } })).rejects.toMatchObject({
      field: 'nameContains',
    });
  });

  test('naming someone else’s organization finds nothing', async () => {
    const { owner, organizationId } = await anOwner(db);
    await createClient(owner, { organizationId, metadata: web });
    const other = await anOwner(db);
    expect((await listClients(other.owner, { limit: 10, filter: { organizationId } })).items).toEqual([]);
    const operator = await aPerson(db, { isOperator: true });
    expect((await listClients(operator, { limit: 10, filter: { organizationId } })).items).toHaveLength(1);
    expect(await anOrganization(db)).toBeTruthy();
  });
});

test('a manager of one app may change that app and no other', async () => {
  const { owner, organizationId } = await anOwner(db);
  const developer = await aPerson(db, { roles: { [organizationId]: 'developer' } });
  const managed = (await createClient(owner, { organizationId, metadata: web })).client.clientId;
  const other = (await createClient(owner, { organizationId, metadata: web })).client.clientId;
  await addManager(owner, managed, developer.actor.userId);
  expect((await updateClient(developer, managed, { name: 'Ours' })).name).toBe('Ours');
  expect((await findOwnedClient(developer, other))?.may.edit).toBe(false);
  await expect(updateClient(developer, other, { name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' });
});
