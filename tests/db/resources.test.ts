import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import {
  createResource,
  describeResources,
  getResource,
  listResources,
  removeResource,
  updateResource,
} from '#lib/resources/index';
import { anOwner, aPerson, stranger, throughToken } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { clientele } from '#support/command-line';
import { db } from '#support/database';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const aUri = () => `https://${randomUUID()}.example/api`;
const invoices = (values: object = {}) => ({ uri: aUri(), name: 'Invoices', scopes: ['read'], ...values });

describe('a resource', () => {
  test('is stored, and described for token requests', async () => {
    const made = await createResource(operator, invoices({ scopes: ['read', 'read', 'write'] }));
    expect(made).toMatchObject({ scopes: ['read', 'write'], accessTokenFormat: 'opaque', lifetimeSeconds: null });
    expect((await describeResources(db, [made.uri])).get(made.uri)).toEqual(made);
    await removeResource(operator, made.uri);
    expect((await describeResources(db, [made.uri])).size).toBe(0);
    await expect(removeResource(operator, made.uri)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a JWT lives five minutes, or less if told', async () => {
    const jwt = { accessTokenFormat: 'jwt' } as const;
    expect(await createResource(operator, invoices(jwt))).toMatchObject({ lifetimeSeconds: 300 });
    expect(await createResource(operator, invoices({ ...jwt, lifetimeSeconds: 5 }))).toMatchObject({
      lifetimeSeconds: 5,
    });
  });

  test.each([
    ['uri', { uri: '/api' }],
    ['uri', { uri: 'api.example' }],
    ['uri', { uri: 'https://api.example/#x' }],
    ['uri', { uri: 'https://api.example/#' }],
    ['uri', { uri: 'https://u:p@api.example/' }],
    ['uri', { uri: 'https://api.example/a b' }],
    ['uri', { uri: 'https://[/' }],
    ['uri', { uri: `https://api.example/${'x'.repeat(2048)}` }],
    ['uri', { uri: 'http://127.0.0.1:3000/api/v1' }],
    ['name', { name: '' }],
    ['scopes', { scopes: [] }],
    ['scopes', { scopes: ['fly'] }],
    ['lifetimeSeconds', { accessTokenFormat: 'jwt', lifetimeSeconds: 301 }],
    ['lifetimeSeconds', { lifetimeSeconds: 0 }],
  ])('a wrong %s is refused: %j', async (field, values) => {
    const made = createResource(operator, invoices(values));
    await expect(made).rejects.toMatchObject({ code: 'invalid_metadata', field });
  });

  test('one URI, one resource', async () => {
    const resource = invoices();
    await createResource(operator, resource);
    await expect(createResource(operator, resource)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('only the operator may set it, not an owner, and not an operator through a token', async () => {
    const { owner, organizationId } = await anOwner(db);
    const admin = await aPerson(db, { isOperator: true, roles: { [organizationId]: 'owner' } });
    const program = await throughToken(admin, organizationId, ['clients:write', 'org:admin']);
    for (const someone of [owner, program, stranger(db)])
      for (const attempt of [
        createResource(someone, invoices()),
        listResources(someone),
        removeResource(someone, 'urn:x'),
      ])
        await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    expect(await createResource(admin, invoices())).toMatchObject({ name: 'Invoices' });
  });
});

describe('a resource is changed', () => {
  test('in what is said, and nothing else; the change is in the history', async () => {
    const { uri } = await createResource(operator, invoices({ scopes: ['read', 'write'], lifetimeSeconds: 600 }));
    const before = await getResource(operator, uri);
    expect(await updateResource(operator, uri, { scopes: ['read'] })).toEqual({
      ...before,
      scopes: ['read'],
      version: 2,
    });
    const history = await db.select().from(auditEvents).where(eq(auditEvents.targetId, uri));
    expect(history.map(({ action, before, after }) => ({ action, before, after }))[1]).toEqual({
      action: 'resource.update',
      before: { scopes: ['read', 'write'] },
      after: { scopes: ['read'] },
    });
  });

  test('one that changes to JWTs keeps its lifetime up to the maximum of a JWT', async () => {
    const jwt = { accessTokenFormat: 'jwt' } as const;
    const long = await createResource(operator, invoices({ lifetimeSeconds: 600 }));
    expect(await updateResource(operator, long.uri, jwt)).toMatchObject({ ...jwt, lifetimeSeconds: 300 });
    const short = await createResource(operator, invoices({ lifetimeSeconds: 60 }));
    expect(await updateResource(operator, short.uri, jwt)).toMatchObject({ lifetimeSeconds: 60 });
    const none = await createResource(operator, invoices());
    expect(await updateResource(operator, none.uri, jwt)).toMatchObject({ lifetimeSeconds: 300 });
  });

  test('at most one is the default', async () => {
    const [one, other] = [await createResource(operator, invoices({ isDefault: true })), invoices({ isDefault: true })];
    await createResource(operator, other);
    const defaults = async () => (await listResources(operator)).filter(({ isDefault }) => isDefault);
    expect((await defaults()).map(({ uri }) => uri)).toEqual([other.uri]);
    await updateResource(operator, one.uri, { isDefault: true });
    expect((await defaults()).map(({ uri }) => uri)).toEqual([one.uri]);
  });

  test.each([
    ['name', { name: '' }],
    ['scopes', { scopes: [] }],
    ['scopes', { scopes: ['fly'] }],
    ['scopes', { scopes: ['openid'] }],
    ['lifetimeSeconds', { accessTokenFormat: 'jwt', lifetimeSeconds: 301 }],
  ] as const)('a wrong %s is refused: %j', async (field, changes) => {
    const { uri } = await createResource(operator, invoices());
    const refused = { code: 'invalid_metadata', field };
    await expect(updateResource(operator, uri, changes)).rejects.toMatchObject(refused);
  });

  test('only the operator may change and read it', async () => {
    const { uri } = await createResource(operator, invoices());
    const { owner } = await anOwner(db);
    for (const attempt of [updateResource(owner, uri, { name: 'Mine' }), getResource(owner, uri)])
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    const missing = updateResource(operator, `${uri}/other`, { name: 'x' });
    await expect(missing).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('clientele resource: create, update, show, list, remove', async () => {
  const { organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, { organizationId });
  const uri = aUri();
  const create = ['resource', 'create', '--uri', uri, '--name', 'Invoices', '--scopes', 'read write'];
  const options = ['--format', 'jwt', '--expires-in', '2m', '--client', clientId];
  const made = { uri, name: 'Invoices', scopes: ['read', 'write'], accessTokenFormat: 'jwt', lifetimeSeconds: 120 };
  expect(await clientele([...create, ...options])).toMatchObject({
    status: 0,
    json: { ...made, introspectedBy: clientId },
  });
  expect((await clientele([...create, '--format', 'xml'])).status).toBe(2);
  expect((await clientele([...create, '--client', randomUUID()])).stderr).toContain('Client not found');
  expect((await clientele(['resource', 'list'])).json.resources).toContainEqual(expect.objectContaining(made));
  const update = ['resource', 'update', '--uri', `${uri.replace('https:', 'HTTPS:')}`];
  const changed = {
    name: 'Bills',
    scopes: ['read'],
    accessTokenFormat: 'opaque',
    lifetimeSeconds: null,
    introspectedBy: null,
  };
  const changes = [
    '--name',
    'Bills',
    '--scopes',
    'read',
    '--format',
    'opaque',
    '--expires-in',
    'none',
    '--client',
    'none',
  ];
  expect(await clientele([...update, ...changes, '--default'])).toMatchObject({
    status: 0,
    json: { uri, ...changed, isDefault: true },
  });
  expect((await clientele(['resource', 'show', '--uri', uri])).json).toMatchObject({
    uri,
    ...changed,
    isDefault: true,
  });
  expect((await clientele([...update])).status).toBe(2);
  expect((await clientele([...update, '--default', '--no-default'])).status).toBe(2);
  expect(await clientele(['resource', 'remove', '--uri', uri])).toMatchObject({ status: 0 });
  expect((await clientele(['resource', 'show', '--uri', uri])).stderr).toContain('Resource not found');
});
