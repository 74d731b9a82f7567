import { expect, test } from 'vitest';
import { createClient } from '#lib/clients/index';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { anAccount } from '#support/apps';
import { db } from '#support/database';

test('the list is an array of applications, oldest first, with the secrets that were made here', async () => {
  const { make, list } = await anAccount();
  expect(await list()).toEqual([]);
  const first = await make('Production API');
  const second = await make('Development API');
  expect(await list()).toEqual([
    { ...first, name: 'Production API', client_type: 'confidential' },
    { ...second, name: 'Development API', client_type: 'confidential' },
  ]);
  expect(second.id).toBeGreaterThan(first.id);
});

test('holds what other channels made too, without a secret', async () => {
  const { owner, organizationId, list } = await anAccount();
  const redirectUris = ['https://app.example/callback'];
  for (const channel of ['portal', 'docspace', 'trackle', 'telnyx'] as const) {
    const grantTypes: ['authorization_code'] = ['authorization_code'];
    await createClient(
      { ...owner, channel },
      { organizationId, metadata: { name: channel, redirectUris, grantTypes } },
    );
  }
  const spa = { name: 'Browser', applicationType: 'spa', redirectUris } as const;
  await createClient(owner, { organizationId, metadata: spa });
  expect((await list()).map(({ name, client_secret, client_type }) => [name, client_secret, client_type])).toEqual([
    ...['portal', 'docspace', 'trackle', 'telnyx'].map((name) => [name, null, 'confidential']),
    ['Browser', null, 'public'],
  ]);
});

test('every member sees all applications of the organization; a viewer sees no secret; nobody sees another’s', async () => {
  const { organizationId, make, list } = await anAccount();
  const made = await make('Mine');
  await (await anAccount()).make('Theirs');
  const as = async (role: 'admin' | 'developer' | 'viewer') =>
    aToken(db, await aPerson(db, { roles: { [organizationId]: role } }), organizationId, { scopes: ['read', 'write'] });
  const shown = { ...made, name: 'Mine', client_type: 'confidential' };
  expect(await list(await as('admin'))).toEqual([shown]);
  expect(await list(await as('developer'))).toEqual([shown]);
  const { client_secret: _, ...rest } = shown;
  expect(await list(await as('viewer'))).toEqual([rest]);
});

test('the registry’s own scopes serve as read and write; they show secrets with clients:secrets only', async () => {
  const { make, list, withScopes } = await anAccount();
  const { client_secret } = await make('Mine');
  const secretsFor = async (...scopes: Parameters<typeof withScopes>) =>
    (await list(await withScopes(...scopes))).map((app) => ('client_secret' in app ? app.client_secret : 'left out'));
  expect(await secretsFor('clients:read', 'clients:write', 'clients:secrets')).toEqual([client_secret]);
  expect(await secretsFor('clients:read', 'clients:write')).toEqual(['left out']);
  expect(await secretsFor('read', 'clients:write')).toEqual(['left out']);
});

test('private answers are neither stored nor indexed', async () => {
  const { token } = await anAccount();
  const { headers } = await ask('GET', '/o/apps/', { token });
  expect([headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
  expect(headers.get('access-control-allow-origin')).toBeNull();
});
