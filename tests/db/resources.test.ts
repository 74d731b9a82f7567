import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createResource, describeResources, listResources, removeResource } from '#lib/resources/index';
import { anOwner, aPerson, stranger, throughToken } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { clientele } from '#support/command-line';
import { db } from '#support/database';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const aUri = () => `https://${randomUUID()}.example/api`;
const invoices = (values: object = {}) => ({ uri: aUri(), name: 'Invoices', scopes: ['read'], ...values });

describe('what the operator says of a resource', () => {
  test('is kept, and described to whoever asks for tokens', async () => {
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

  test('is nobody else’s to say: no owner’s, and no operator’s through a token', async () => {
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

test('clientele resource: create, list, remove', async () => {
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
  expect(await clientele(['resource', 'remove', '--uri', uri])).toMatchObject({ status: 0 });
});
