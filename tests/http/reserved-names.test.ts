import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { createClient, markFirstParty, updateClient } from '#lib/clients/index';
import { verifyDomain } from '#lib/domains/index';
import { createOrganization, renameOrganization } from '#lib/organizations/index';
import { createUser } from '#lib/users/index';
import { anOwner, aPerson, stranger } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aBody } from '#support/docspace';

process.env.CLIENTELE_RESERVED_NAMES = 'Google, Acme Bank';
process.env.CLIENTELE_REGISTRATION = 'open';
process.env.CLIENTELE_RATE_LIMIT_FACTOR ??= '1000';

const firstPartyName = `Harbour ${crypto.randomUUID().replace(/\d|-/g, '')}`;
const commandLine = () => ({ ...stranger(db), actor: { kind: 'command_line' } }) as const;
let token: string;
let organizationId: string;
let owner: Awaited<ReturnType<typeof anOwner>>['owner'];

beforeAll(async () => {
  ({ owner, organizationId } = await anOwner(db));
  const scopes = ['clients:read', 'clients:write', 'clients:secrets', 'read', 'write', 'org:admin'] as const;
  token = await aToken(db, owner, organizationId, { scopes: [...scopes] });
  const platform = await anOwner(db);
  const { client } = await createClient(platform.owner, {
    organizationId: platform.organizationId,
    metadata: { name: firstPartyName, applicationType: 'machine' },
  });
  await markFirstParty(commandLine(), client.clientId, true);
});

const redirect_uris = ['https://ledger.example/cb'];
const channels: [name: string, path: string, body: (name: string) => object, headers?: () => Record<string, string>][] =
  [
    ['native', '/api/v1/clients', (client_name) => ({ client_name, application_type: 'machine' })],
    ['docspace', '/api/2.0/clients', (name) => ({ ...aBody, name })],
    [
      'telnyx',
      '/v2/oauth_clients',
      (name) => ({
        name,
        client_type: 'confidential',
        allowed_scopes: [],
        allowed_grant_types: ['client_credentials'],
      }),
    ],
    [
      'slashid',
      '/oauth2/clients',
      (client_name) => ({ client_name, scopes: ['read'], grant_types: ['client_credentials'] }),
      () => ({ 'slashid-api-key': token, 'slashid-orgid': organizationId }),
    ],
    ['trackle', '/v1/clients', (name) => ({ name, type: 'installed' })],
    ['apps', '/o/apps/', (name) => ({ name })],
    ['registration', '/oauth/register', (client_name) => ({ client_name, redirect_uris })],
    ['registration, by a stranger', '/oauth/register', (client_name) => ({ client_name, redirect_uris }), () => ({})],
  ];

const post = (path: string, body: object, headers?: () => Record<string, string>) =>
  ask('POST', path, { body, ...(headers ? { headers: headers() } : { token }) });
const countOf = (name: string) => db.$count(clients, eq(clients.name, name));

describe.each(channels)('a client of %s', (channel, path, body, headers) => {
  test.each(['Google Drive', 'G00gle', 'Clientele Security Check', 'Сlientele', firstPartyName.toUpperCase()])(
    'is not called %s',
    async (name) => {
      const answer = await post(path, body(name), headers);
      expect([400, 422]).toContain(answer.status);
      expect(await answer.text()).toContain('is reserved');
      expect(await countOf(name)).toBe(0);
    },
  );

  test('may have any other name', async () => {
    const answer = await post(path, body(`Ledger of ${channel}`), headers);
    expect([200, 201]).toContain(answer.status);
  });
});

describe.each<[channel: string, wrong: object, said: RegExp]>([
  ['native', { tos_uri: 'ftp://ledger.example' }, /"tos_uri"/],
  ['docspace', { terms_url: 'ftp://ledger.example' }, /"terms_url"/],
  ['docspace', { redirect_uris: 7, policy_url: 'http://ledger.example' }, /"redirect_uris".*"policy_url"/],
  ['telnyx', { tos_uri: 'ftp://ledger.example' }, /tos_uri/],
  ['telnyx', { redirect_uris: 7, policy_uri: 'http://ledger.example' }, /redirect_uris.*policy_uri/],
  ['slashid', { scopes: ['no:such'] }, /scopes/],
  ['trackle', { scope: 'no:such' }, /scope/],
  ['registration', { tos_uri: 'ftp://ledger.example' }, /tos_uri/],
])('a reserved name and another mistake at %s', (channel, wrong, said) => {
  test(`are both named in one answer: ${JSON.stringify(wrong)}`, async () => {
    const [, path = '', body, headers] = channels.find(([name]) => name === channel) ?? [];
    const answer = await post(path, { ...body?.('Google Drive'), ...wrong }, headers);
    const text = await answer.text();
    expect(text).toContain('is reserved');
    expect(text).toMatch(said);
  });
});

test('nor by an edit, a clone or in another language', async () => {
  const { client } = await createClient(owner, {
    organizationId,
    metadata: { name: 'Ledger', applicationType: 'machine' },
  });
  const path = `/api/v1/clients/${client.clientId}`;
  const patched = await ask('PATCH', path, { token, body: { client_name: 'Google' } });
  expect([patched.status, await patched.text()]).toEqual([422, expect.stringContaining('is reserved')]);
  const cloned = await ask('POST', `${path}/clone`, { token, body: { client_name: 'Acme bank sign-in' } });
  expect([cloned.status, await cloned.text()]).toEqual([422, expect.stringContaining('is reserved')]);
  await expect(
    updateClient(owner, client.clientId, { localized: { it: { name: 'Clientele Italia' } } }),
  ).rejects.toMatchObject({ issues: [{ field: 'localized.it.name', rule: 'M11' }] });
});

test('the name of a first-party app is taken in every spelling and in each of its languages, and as a part of another it is not', async () => {
  const platform = await anOwner(db);
  const metadata = { name: 'Quay Desk', applicationType: 'machine', localized: { it: { name: 'Banchina' } } } as const;
  const { client } = await createClient(platform.owner, { organizationId: platform.organizationId, metadata });
  await markFirstParty(commandLine(), client.clientId, true);
  const register = async (client_name: string) =>
    (await ask('POST', '/oauth/register', { body: { client_name, redirect_uris } })).status;
  for (const name of ['quay-desk', 'Quay.Desk', 'QuayDesk!', 'Quáy Desk', '“Quay” (Desk)', 'Quау Desk', 'BANCHINA.'])
    expect([name, await register(name)]).toEqual([name, 400]);
  for (const name of ['Quay Desk Lamps', '!!!']) expect([name, await register(name)]).toEqual([name, 201]);
  await markFirstParty(commandLine(), client.clientId, false);
  expect(await register('quay-desk')).toBe(201);
});

test('a name of before stays: other members can be changed', async () => {
  const { client } = await createClient(owner, {
    organizationId,
    metadata: { name: 'Ledger', applicationType: 'machine' },
  });
  await db.update(clients).set({ name: 'Google Ledger' }).where(eq(clients.clientId, client.clientId));
  expect(await updateClient(owner, client.clientId, { description: 'kept' })).toMatchObject({ description: 'kept' });
});

test('the operator gives such names, and a first-party app keeps them', async () => {
  const operator = await aPerson(db, { isOperator: true });
  const metadata = { name: 'Clientele Console', applicationType: 'machine' } as const;
  const { client } = await createClient(operator, { organizationId, metadata });
  await markFirstParty(operator, client.clientId, true);
  expect(await updateClient(owner, client.clientId, { name: 'Clientele Terminal' })).toMatchObject({
    name: 'Clientele Terminal',
  });
});

test('a look-alike of a verified app is registered, and noted for review', async () => {
  const name = `Quill ${crypto.randomUUID()}`;
  const first = await anOwner(db);
  const domain = `${crypto.randomUUID()}.example`;
  await verifyDomain(commandLine(), { organizationId: first.organizationId, domain });
  const made = await createClient(first.owner, {
    organizationId: first.organizationId,
    metadata: { name, redirectUris: [`https://${domain}/cb`] },
  });
  const { client } = await createClient(owner, {
    organizationId,
    metadata: { name: name.replace('u', 'υ'), applicationType: 'machine' },
  });
  const events = await db.select().from(auditEvents).where(eq(auditEvents.targetId, client.clientId));
  expect(events.find(({ action }) => action === 'client.look_alike')?.after).toMatchObject({
    rule: 'M11',
    looksLike: made.client.clientId,
  });
});

describe('a publisher', () => {
  test('is not called so either', async () => {
    await expect(createOrganization(owner, { name: 'Google Security' })).rejects.toMatchObject({ field: 'name' });
    await expect(renameOrganization(owner, organizationId, 'Clientele')).rejects.toMatchObject({ field: 'name' });
  });
  test('whose person has such a name gets a personal organization without it', async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    expect(
      await createUser(stranger(db), { email, name: 'Clientele Support', password: 'four random words here' }),
    ).toMatchObject({
      name: 'Clientele Support',
      organization: { id: expect.any(String) },
    });
  });
});
