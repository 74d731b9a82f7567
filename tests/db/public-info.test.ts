import { getTableColumns, getViewSelectedFields, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { publicClients } from '#db/schema/public-client';
import { createClient, disableClient } from '#lib/clients/index';
import { isInstalled } from '#lib/clients/rules';
import { findPublicClient, findPublicClients } from '#lib/public-info/index';
import { anOwner } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';

async function anApp(metadata: object = {}) {
  const { owner, organization, organizationId } = await anOwner(db);
  const { client } = await createClient(owner, { organizationId, metadata: { name: 'Ledger', ...metadata } });
  return { owner, organization, client };
}

describe('the public side of a client', () => {
  test('has the public fields, with the texts of each language', async () => {
    const { client } = await anApp({
      description: 'Keeps the books.',
      clientUri: 'https://ledger.example/',
      policyUri: 'https://ledger.example/privacy',
      tosUri: 'https://ledger.example/terms',
      scopes: ['read'],
      localized: { it: { name: 'Libro mastro', logoUri: 'https://ledger.example/logo-canary.png' } },
    });
    expect(await findPublicClient(db, client.clientId)).toEqual({
      clientId: client.clientId,
      metadataUrl: null,
      name: 'Ledger',
      description: 'Keeps the books.',
      publisher: 'Acme',
      clientUri: 'https://ledger.example/',
      policyUri: 'https://ledger.example/privacy',
      tosUri: 'https://ledger.example/terms',
      logoHash: null,
      localized: { it: { name: 'Libro mastro' } },
      scopes: ['read'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      secretOptional: false,
      openToOtherOrganizations: true,
      status: 'active',
      verified: false,
      firstParty: false,
      hasWebsite: false,
      hasProvedWebsite: false,
      installed: false,
      createdAt: client.createdAt,
      updatedAt: client.updatedAt,
      selfRegistered: false,
    });
  });

  test('exists for a disabled client, with its status', async () => {
    const { owner, client } = await anApp();
    await disableClient(owner, client.clientId);
    expect((await findPublicClient(db, client.clientId))?.status).toBe('disabled');
  });

  test.for(['', 'x', 'null', '../1', `${crypto.randomUUID()} `, '%00', 'usr_0123456789abcdef', '1'])(
    '%j is not a client id: no query',
    async (text) => expect(await findPublicClient(db, text)).toBeUndefined(),
  );

  test('is undefined for an unknown id', async () => {
    expect(await findPublicClient(db, crypto.randomUUID())).toBeUndefined();
  });

  test('of many come in the order asked, each once, unknown ones skipped', async () => {
    const [one, two] = [(await anApp()).client.clientId, (await anApp()).client.clientId];
    const found = await findPublicClients(db, [two, crypto.randomUUID(), one.toUpperCase(), 'x', two]);
    expect(found.map(({ clientId }) => clientId)).toEqual([two, one]);
    expect(await findPublicClients(db, [])).toEqual([]);
  });
});

describe('the view behind it', () => {
  test('has these columns only: no private column can be read through it', async () => {
    const rows = await db.execute<{ column_name: string }>(
      sql`select column_name from information_schema.columns where table_name = 'public_clients'`,
    );
    const declared = Object.values(getViewSelectedFields(publicClients)).map(({ name }) => name);
    expect(rows.map(({ column_name }) => column_name).sort()).toEqual(declared.sort());
    const open = new Set(declared);
    const kept = Object.values(getTableColumns(clients)).flatMap(({ name }) => (open.has(name) ? [] : [name]));
    expect(kept).toEqual(
      expect.arrayContaining([
        'redirect_uris',
        'allowed_origins',
        'contacts',
        'organization_id',
        'number',
        'created_by',
        'jwks',
        'review_state',
      ]),
    );
  });

  test('answers by the primary key', async () => {
    const { client } = await anApp();
    const plan = await db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      return tx.execute<{ 'QUERY PLAN': string }>(
        sql`explain select * from public_clients where client_id = any(${sql.param([client.clientId])}::uuid[])`,
      );
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index Scan using clients_pkey/);
  });
});

test.each<[Parameters<typeof isInstalled>[0]['applicationType'], 'production' | 'development', string[]]>([
  ['web', 'production', []],
  ['web', 'production', ['https://a.example/cb', 'HTTPS://b.example/']],
  ['web', 'production', ['https://a.example/cb', 'http://127.0.0.1/cb']],
  ['web', 'development', ['http://localhost:3000/cb']],
  ['web', 'development', ['com.example.app:/cb']],
  ['spa', 'production', ['cursor://a/b']],
  ['native', 'production', ['https://a.example/cb']],
  ['machine', 'production', []],
])('the public side of %s in %s with %j says whether it runs on devices as the rules do', async (...row) => {
  const [applicationType, environment, redirectUris] = row;
  const { organizationId } = await anOwner(db);
  const place = { applicationType, environment, redirectUris };
  const clientId = await aClientRow(db, { organizationId, ...place });
  expect((await findPublicClient(db, clientId))?.installed).toBe(isInstalled(place));
});
