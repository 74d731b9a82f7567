import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { mails } from '#db/schema/mail';
import { resources } from '#db/schema/resource';
import { createClient, getOwnedClient, updateClient } from '#lib/clients/index';
import { getResource } from '#lib/resources/index';
import {
  createScope,
  getScope,
  importScopes,
  listCatalogue,
  restoreScope,
  retireScope,
  retireUnusedExamples,
  updateScope,
} from '#lib/scopes/index';
import { anOwner, aPerson, stranger, throughToken } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { clientele } from '#support/command-line';
import { db } from '#support/database';
import { aGrantRow } from '#support/grants';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const words = (title = 'See orders') => ({ en: { title, description: 'Read orders and their state.' } });
const fresh = (prefix = 'orders') => `${prefix}:${randomUUID().slice(0, 8)}`;
const make = (values: object = {}) => createScope(operator, { name: fresh(), texts: words(), ...values });
const tomorrow = () => new Date(Date.now() + 86_400_000);
const eventsOf = async (name: string) =>
  (await db.select().from(auditEvents).where(eq(auditEvents.targetId, name)).orderBy(auditEvents.id)).map(
    ({ action, before, after }) => ({ action, before, after }),
  );

describe('a scope that the operator adds', () => {
  test('is in the catalogue, closed to strangers and not advertised, and in the history', async () => {
    const { name } = await make();
    expect(await getScope(operator, name)).toMatchObject({
      group: 'api',
      access: 'read',
      sensitivity: 'normal',
      advertised: false,
      openToStrangers: false,
      openTo: 'anyone',
      implies: [],
      isDefault: false,
      retiredAt: null,
      version: 1,
      use: { apps: 0, people: 0 },
    });
    expect(await eventsOf(name)).toMatchObject([{ action: 'scope.create', before: null, after: { name } }]);
  });

  const hostile = '<script>alert(1)</script>';
  test('keeps a hostile text as text', async () => {
    const { name } = await make({ texts: words(hostile) });
    expect((await getScope(operator, name)).texts.en?.title).toBe(hostile);
  });

  test.each([
    ['name', { name: 'a b' }],
    ['name', { name: '"quoted"' }],
    ['name', { name: 'x'.repeat(129) }],
    ['name', { name: '' }],
    ['name', { name: 'read' }],
    ['name', { name: 'clients:everything' }],
    ['name', { name: 'platform:write' }],
    ['name', { name: 'PLATFORM:x' }],
    ['name', { name: 'org:admin' }],
    ['group', { group: '' }],
    ['group', { group: 'a\u202eb' }],
    ['access', { access: 'identity' }],
    ['position', { position: -1 }],
    ['texts.en', { texts: { it: words().en } }],
    ['texts.xx', { texts: { ...words(), xx: words().en } }],
    ['texts.en.title', { texts: { en: { title: '', description: 'Something.' } } }],
    ['texts.en.title', { texts: { en: { title: 'See\u200borders', description: 'Something.' } } }],
    ['texts.en.title', { texts: { en: { title: 'x'.repeat(81), description: 'Something.' } } }],
    ['texts.en.description', { texts: { en: { title: 'See', description: 'a\u202eb' } } }],
    ['texts.en.description', { texts: { en: { title: 'See', description: ' ' } } }],
    ['texts.en.description', { texts: { en: { title: 'See', description: 'x'.repeat(301) } } }],
    ['openToStrangers', { sensitivity: 'restricted', openToStrangers: true }],
    ['openToStrangers', { openTo: 'reviewed', openToStrangers: true }],
    ['isDefault', { openTo: 'named', isDefault: true }],
    ['namedClients.0', { openTo: 'named', namedClients: ['x'] }],
    ['implies.0', { implies: ['never-was'] }],
    ['implies.0', { implies: ['openid'] }],
    ['implies.0', { implies: ['offline_access'] }],
    ['implies', { implies: ['write'], sensitivity: 'normal' }],
  ])('is refused for its %s: %j', async (field, values) => {
    const before = (await listCatalogue(operator, { retired: true })).length;
    const refused = make(values as object);
    await expect(refused).rejects.toMatchObject({ code: 'invalid_metadata', issues: [{ field, message: /\w/ }] });
    expect((await listCatalogue(operator, { retired: true })).length).toBe(before);
  });

  test('is told everything that is wrong with it at once', async () => {
    const values = { name: 'a b', group: '', texts: { en: { title: '', description: '' } }, position: 0.5 };
    const fields = await make(values).catch(({ issues }) => issues.map(({ field }: { field: string }) => field));
    expect(fields).toEqual(['name', 'group', 'texts.en.title', 'texts.en.description', 'position']);
  });
});

describe('a scope that implies another', () => {
  test('leads to no circle, through others neither', async () => {
    const one = await make();
    const two = await make({ implies: [one.name] });
    const three = await make({ implies: [two.name] });
    const refused = updateScope(operator, one.name, { implies: [three.name] });
    await expect(refused).rejects.toMatchObject({ issues: [{ field: 'implies.0' }] });
    await expect(updateScope(operator, one.name, { implies: [one.name] })).rejects.toMatchObject({
      code: 'invalid_metadata',
    });
  });

  test('never hides what reaches farther, also when the other one is changed later', async () => {
    const read = await make();
    await make({ implies: [read.name], access: 'write' });
    for (const [field, change] of [
      ['sensitivity', { sensitivity: 'restricted' }],
      ['openTo', { openTo: 'reviewed' }],
    ] as const)
      await expect(updateScope(operator, read.name, change)).rejects.toMatchObject({ issues: [{ field }] });
    const open = make({ implies: [read.name], openToStrangers: true });
    await expect(open).rejects.toMatchObject({ issues: [{ field: 'implies' }] });
  });

  test('keeps the other one from being retired', async () => {
    const read = await make();
    const write = await make({ implies: [read.name] });
    await expect(retireScope(operator, read.name)).rejects.toThrow(
      `First let ${write.name} no longer imply ${read.name}.`,
    );
  });
});

describe('a scope is changed', () => {
  test('in what is named, with a readable difference in the history and a new version', async () => {
    const { name } = await make();
    const texts = { it: { title: 'Vedere gli ordini', description: 'Leggere gli ordini.' } };
    const changed = await updateScope(operator, name, { texts, position: 7 });
    expect(changed).toMatchObject({ texts: { ...words(), ...texts }, position: 7, version: 2 });
    expect((await eventsOf(name))[1]).toMatchObject({
      action: 'scope.update',
      before: { texts: words() },
      after: { texts: { ...words(), ...texts }, position: 7 },
    });
    expect((await updateScope(operator, name, { texts: { it: null } })).texts).toEqual(words());
    expect((await updateScope(operator, name, { position: 7 })).version).toBe(3);
  });

  test('only in the version that was read', async () => {
    const { name } = await make();
    await updateScope(operator, name, { position: 7 }, { version: 1 });
    await expect(updateScope(operator, name, { position: 8 }, { version: 1 })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('not in its kind, its name or its existence where the server itself gives it its meaning', async () => {
    for (const name of ['openid', 'offline_access', 'clients:write', 'read']) {
      const renamed = updateScope(operator, name, { rename: { name: fresh(), until: tomorrow() } });
      await expect(renamed, name).rejects.toMatchObject({ issues: [{ rule: 'built_in' }] });
      await expect(retireScope(operator, name), name).rejects.toMatchObject({ issues: [{ rule: 'built_in' }] });
    }
    await expect(updateScope(operator, 'clients:read', { access: 'write' })).rejects.toMatchObject({ field: 'access' });
  });
});

describe('who may have a scope', () => {
  const registered = async (scopes: string[]) => {
    const { owner, organizationId } = await anOwner(db);
    const metadata = { name: 'App', applicationType: 'machine' as const, scopes };
    return { owner, made: createClient(owner, { organizationId, metadata }) };
  };

  test.each([
    ['reviewed', /after a review/],
    ['named', /to certain apps/],
    ['nobody', /no more apps/],
  ] as const)('%s: a new app is told why not, one that has it keeps it', async (openTo, why) => {
    const { name } = await make();
    const { owner, made } = await registered([name]);
    const { client } = await made;
    await updateScope(operator, name, { openTo });
    await expect((await registered([name])).made).rejects.toMatchObject({
      issues: [{ field: 'scopes.0', message: why }],
    });
    expect((await updateClient(owner, client.clientId, { description: 'x' })).scopes).toEqual([name]);
    await updateClient(owner, client.clientId, { scopes: [] });
    await expect(updateClient(owner, client.clientId, { scopes: [name] })).rejects.toThrow(why);
  });

  test('a reviewed app and a named app may add it', async () => {
    const [reviewed, named] = [await make({ openTo: 'reviewed' }), await make()];
    const { owner, made } = await registered([]);
    const { clientId } = (await made).client;
    await db.update(clients).set({ reviewState: 'approved' }).where(eq(clients.clientId, clientId));
    await updateScope(operator, named.name, { openTo: 'named', namedClients: [clientId.toUpperCase()] });
    const scopes = [reviewed.name, named.name];
    expect((await updateClient(owner, clientId, { scopes })).scopes).toEqual(scopes);
  });

  test('a default scope is given to an app that names none, and to no other', async () => {
    const { name } = await make({ isDefault: true });
    const { owner, organizationId } = await anOwner(db);
    const of = async (metadata: object) =>
      (
        await createClient(owner, {
          organizationId,
          metadata: { name: 'App', applicationType: 'machine', ...metadata },
        })
      ).client.scopes;
    expect(await of({})).toEqual([name]);
    expect(await of({ scopes: [] })).toEqual([]);
    await updateScope(operator, name, { isDefault: false });
    expect(await of({})).toEqual([]);
  });
});

describe('a renamed scope', () => {
  test('has its new name in every client, grant and resource, and its former name is accepted until the date', async () => {
    const { name } = await make();
    const next = fresh('bills');
    const { owner, organizationId } = await anOwner(db);
    const clientId = await aClientRow(db, { organizationId, scopes: ['openid', name], optionalScopes: [name] });
    const grantId = await aGrantRow(db, {
      ...{ userId: owner.actor.userId, clientId, organizationId },
      ...{ scopes: ['openid', name], resources: { 'https://api.example': [name], 'https://b.example': ['read'] } },
    });
    const uri = `https://${randomUUID()}.example/`;
    await db.insert(resources).values({ uri, name: 'API', scopes: ['read', name], accessTokenFormat: 'opaque' });
    const version = (await getOwnedClient(owner, clientId)).version;
    const renamed = await updateScope(operator, name, { rename: { name: next, until: tomorrow() } });
    expect(renamed).toMatchObject({ name: next, formerNames: [{ name }] });
    expect(await getOwnedClient(owner, clientId)).toMatchObject({
      scopes: ['openid', next],
      optionalScopes: [next],
      version: version + 1,
    });
    const [grant] = await db.select().from(grants).where(eq(grants.id, grantId));
    expect(grant).toMatchObject({
      scopes: ['openid', next],
      resources: { 'https://api.example': [next], 'https://b.example': ['read'] },
    });
    expect((await getResource(operator, uri)).scopes).toEqual(['read', next]);
    expect((await updateClient(owner, clientId, { scopes: ['openid', name] })).scopes).toEqual(['openid', next]);
    expect((await eventsOf(next))[0]).toMatchObject({
      action: 'scope.update',
      before: { name },
      after: { name: next },
    });
    for (const taken of [name, next]) await expect(make({ name: taken })).rejects.toMatchObject({ field: 'name' });
  });

  test('is named to whoever registers its former name after the date', async () => {
    const { name } = await make();
    const next = fresh('bills');
    await updateScope(operator, name, { rename: { name: next, until: tomorrow() } });
    await db.execute(`update scope_aliases set accepted_until = now() - interval '1 second' where name = '${name}'`);
    await updateScope(operator, next, { position: 3 });
    const { owner, organizationId } = await anOwner(db);
    const metadata = { name: 'App', applicationType: 'machine' as const, scopes: [name] };
    const refused = createClient(owner, { organizationId, metadata });
    await expect(refused).rejects.toThrow(`Remove "${name}": it is called "${next}" now.`);
  });

  test.each([
    ['newName', { name: 'read', until: new Date(Date.now() + 1e6) }],
    ['newName', { name: 'a b', until: new Date(Date.now() + 1e6) }],
    ['newName', { name: 'platform:x', until: new Date(Date.now() + 1e6) }],
    ['oldUntil', { name: 'fine-name', until: new Date(0) }],
    ['oldUntil', { name: 'fine-name', until: new Date(Number.NaN) }],
    ['oldUntil', { name: 'fine-name', until: new Date('2999-01-01') }],
  ])('is refused for its %s: %j', async (field, rename) => {
    const { name } = await make();
    await expect(updateScope(operator, name, { rename })).rejects.toMatchObject({ issues: [{ field }] });
  });
});

describe('a retired scope', () => {
  test('is counted, its owners are told by mail first, and no app can add it any more', async () => {
    const { name } = await make();
    const { owner, organizationId } = await anOwner(db);
    const clientId = await aClientRow(db, { organizationId, name: 'Ledger', scopes: [name] });
    await aGrantRow(db, { userId: owner.actor.userId, clientId, organizationId, scopes: [name] });
    expect((await getScope(operator, name)).use).toEqual({ apps: 1, people: 1 });
    expect(await retireScope(operator, name)).toMatchObject({ use: { apps: 1, people: 1 }, mails: 1 });
    const address = `${owner.actor.userId}@example.com`;
    const sent = await db
      .select()
      .from(mails)
      .where(and(eq(mails.recipient, address)));
    expect(sent).toMatchObject([{ subject: `The scope ${name} is retired`, body: expect.stringContaining('Ledger') }]);
    const refused = updateClient(owner, await aClientRow(db, { organizationId }), { scopes: [name] });
    await expect(refused).rejects.toThrow(`Remove "${name}": it is retired.`);
    expect((await updateClient(owner, clientId, { description: 'x' })).scopes).toEqual([name]);
    expect((await listCatalogue(operator)).map((one) => one.name)).not.toContain(name);
    expect((await eventsOf(name))[1]).toMatchObject({
      action: 'scope.retire',
      after: { apps: 1, people: 1, mails: 1 },
    });
  });

  test('cannot be made again under its name; it is restored instead', async () => {
    const { name } = await make();
    await retireScope(operator, name);
    await expect(make({ name })).rejects.toThrow(`Restore "${name}", or choose another name: it is retired.`);
    await expect(retireScope(operator, name)).rejects.toMatchObject({ issues: [{ rule: 'retired' }] });
    expect(await restoreScope(operator, name)).toMatchObject({ retiredAt: null, version: 3 });
    expect((await listCatalogue(operator)).map((one) => one.name)).toContain(name);
    expect((await eventsOf(name))[2]).toMatchObject({ action: 'scope.restore' });
  });

  test('may end at a date to come; until then it is offered', async () => {
    const { name } = await make();
    await retireScope(operator, name, { on: tomorrow() });
    expect((await listCatalogue(operator)).map((one) => one.name)).toContain(name);
    await expect(retireScope(operator, (await make()).name, { on: new Date(0) })).rejects.toMatchObject({
      field: 'on',
    });
  });

  test('are the vendors’ examples that no app has, all at once', async () => {
    const { organizationId } = await anOwner(db);
    await aClientRow(db, { organizationId, scopes: ['rooms:read'] });
    const retired = await retireUnusedExamples(operator);
    expect(retired).toEqual(expect.arrayContaining(['rooms:write', 'create:customers']));
    expect(retired).not.toContain('rooms:read');
    for (const name of ['openid', 'read', 'clients:read']) expect(retired).not.toContain(name);
    for (const name of retired) await restoreScope(operator, name);
  });
});

describe('an import', () => {
  const of = (scopes: object) => ({
    openapi: '3.0.3',
    components: { securitySchemes: { main: { type: 'oauth2', flows: { clientCredentials: { scopes } } } } },
  });

  test('shows without writing what it would add, and adds the same', async () => {
    const name = fresh('shipments');
    const document = of({ [name]: 'See shipments.', read: 'Other words', 'bad name': 'x', 'platform:all': 'y' });
    const dry = await importScopes(operator, document, { dryRun: true });
    expect(dry).toMatchObject({
      added: [{ name, title: 'See shipments' }],
      existing: ['read'],
      refused: [{ name: 'bad name' }, { name: 'platform:all' }],
    });
    await expect(getScope(operator, name)).rejects.toMatchObject({ code: 'not_found' });
    expect(await importScopes(operator, document)).toEqual(dry);
    expect(await getScope(operator, name)).toMatchObject({ advertised: false, openToStrangers: false });
    expect((await getScope(operator, 'read')).texts.en?.title).not.toBe('Other words');
    expect(await importScopes(operator, document)).toMatchObject({ added: [] });
  });
});

test('the catalogue is nobody else’s: no owner’s, no stranger’s, and an operator’s by a token only with platform:write', async () => {
  const { owner, organizationId } = await anOwner(db);
  const admin = await aPerson(db, { isOperator: true, roles: { [organizationId]: 'owner' } });
  const { name } = await make();
  const reader = await throughToken(admin, organizationId, ['platform:read']);
  const writer = await throughToken(admin, organizationId, ['platform:write']);
  const ownersWriter = await throughToken(owner, organizationId, ['platform:write']);
  const without = await throughToken(admin, organizationId, ['org:admin', 'clients:write']);
  const { token } = writer.actor;
  if (!token) throw new Error('no token');
  const { id: _id, ...accessToken } = token;
  const byAccessToken = { ...writer, actor: { ...writer.actor, token: accessToken } };
  for (const someone of [owner, stranger(db), ownersWriter, without, byAccessToken])
    for (const attempt of [
      listCatalogue(someone),
      getScope(someone, name),
      createScope(someone, { name: fresh(), texts: words() }),
      updateScope(someone, name, { position: 1 }),
      retireScope(someone, name),
      restoreScope(someone, name),
      importScopes(someone, {}),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  expect(await getScope(reader, name)).toMatchObject({ name });
  await expect(updateScope(reader, name, { position: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await updateScope(writer, name, { position: 1 })).toMatchObject({ position: 1 });
  expect(await updateScope(admin, name, { position: 2 })).toMatchObject({ position: 2 });
});

test('clientele scope: create, show, update, retire, restore', { timeout: 240_000 }, async () => {
  const name = fresh();
  const create = ['scope', 'create', '--name', name, '--title', 'See orders', '--description', 'Read orders.'];
  const made = { name, access: 'read', sensitivity: 'sensitive', open: false, advertised: true, openTo: 'reviewed' };
  const options = ['--sensitivity', 'sensitive', '--open-to', 'reviewed', '--advertised'];
  expect(await clientele([...create, ...options])).toMatchObject({ status: 0, json: made });
  expect((await clientele([...create, '--access', 'all'])).status).toBe(2);
  const twice = await clientele(create);
  expect([twice.status, twice.stderr]).toEqual([1, `--name: Choose another name: there is a scope "${name}".\n`]);
  const next = fresh('bills');
  const update = ['scope', 'update', '--name', name];
  expect((await clientele([...update, '--new-name', next])).status).toBe(2);
  const renamed = await clientele([...update, '--new-name', next, '--old-until', '2035-01-01', '--open-to', 'anyone']);
  expect(renamed.json, renamed.stderr).toMatchObject({ name: next, openTo: 'anyone' });
  expect((await clientele(['scope', 'show', '--name', next])).json).toMatchObject({ name: next, apps: 0, people: 0 });
  expect((await clientele(['scope', 'retire', '--name', next])).json).toMatchObject({ name: next, mails: 0 });
  expect((await clientele(['scope', 'restore', '--name', next])).json).toMatchObject({ name: next, retiredAt: null });
});
