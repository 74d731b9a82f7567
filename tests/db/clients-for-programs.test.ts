import { describe, expect, test } from 'vitest';
import {
  cloneClient,
  createClient,
  disableClient,
  enableClient,
  getOwnedClient,
  listClientHistory,
  removeClient,
  updateClient,
} from '#lib/clients/index';
import { fieldNames } from '#lib/clients/rules';
import { createSecret, expireSecret, listSecrets, revokeSecret } from '#lib/secrets/index';
import { anOwner, aPerson, throughToken } from '#support/actors';
import { db } from '#support/database';

const web = { name: 'Invoices', redirectUris: ['https://app.example/cb'], scopes: ['openid'] };

async function aClient() {
  const { owner, organizationId } = await anOwner(db);
  const { client, secret } = await createClient(owner, { organizationId, metadata: web });
  return { owner, organizationId, client, clientId: client.clientId, secret };
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

describe('an edit made on an outdated version', () => {
  test('neither disables, enables nor deletes', async () => {
    const { owner, clientId, client } = await aClient();
    const { version } = await updateClient(owner, clientId, { description: 'changed' });
    const outdated = { version: client.version };
    for (const edit of [disableClient, enableClient, removeClient])
      await expect(edit(owner, clientId, outdated)).rejects.toMatchObject({ code: 'conflict', field: 'version' });
    expect(await disableClient(owner, clientId, { version })).toMatchObject({ status: 'disabled', version: 3 });
    await removeClient(owner, clientId, { version: 3 });
  });
});

test('an edit that is computed from the current client loses nothing, also with many at once', async () => {
  const { owner, clientId } = await aClient();
  await Promise.all(
    ['de', 'fr', 'it', 'pl'].map((tag) =>
      updateClient(owner, clientId, ({ localized }) => ({
        localized: { ...localized, [tag]: { name: `Name ${tag}` } },
      })),
    ),
  );
  const { localized, version } = await getOwnedClient(owner, clientId);
  expect([Object.keys(localized).sort(), version]).toEqual([['de', 'fr', 'it', 'pl'], 5]);
});

describe('cloneClient', () => {
  test('makes another client with the same settings, an id and a secret of its own', async () => {
    const { owner, client, clientId, secret } = await aClient();
    const clone = await cloneClient(owner, clientId, { environment: 'staging' });
    const same = Object.fromEntries(fieldNames.map((field) => [field, client[field]]));
    expect(clone.client).toMatchObject({ ...same, name: 'Invoices (copy)', environment: 'staging' });
    expect(clone.client).toMatchObject({
      organizationId: client.organizationId,
      productId: client.productId,
      version: 1,
    });
    expect(clone.client.clientId).not.toBe(clientId);
    expect(clone.secret?.value).not.toBe(secret?.value);
    const [event] = await listClientHistory(owner, clone.client.clientId, { limit: 9 }).then((all) => all.slice(-1));
    expect(event).toMatchObject({ action: 'client.create', after: { clonedFrom: clientId } });
  });

  test('keeps a long name within its limit', async () => {
    const { owner, clientId } = await aClient();
    await updateClient(owner, clientId, { name: 'ä'.repeat(256) });
    expect([...(await cloneClient(owner, clientId)).client.name]).toHaveLength(256);
  });

  test('is for those who may register apps, in their own organization', async () => {
    const { organizationId, clientId } = await aClient();
    const viewer = await aPerson(db, { roles: { [organizationId]: 'viewer' } });
    await expect(cloneClient(viewer, clientId)).rejects.toMatchObject({ code: 'forbidden' });
    const developer = await aPerson(db, { roles: { [organizationId]: 'developer' } });
    expect((await cloneClient(developer, clientId)).client.createdBy).toBe(developer.actor.userId);
    const { owner: stranger } = await anOwner(db);
    await expect(cloneClient(stranger, clientId)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('must follow the rules of its channel, as a new client', async () => {
    const { owner, organizationId } = await anOwner(db);
    const local = { ...web, environment: 'development' as const, redirectUris: ['http://127.0.0.1:8080/cb'] };
    const { client } = await createClient(owner, { organizationId, metadata: local });
    const outside = cloneClient(owner, client.clientId, { environment: 'production' });
    await expect(outside).rejects.toMatchObject({ code: 'invalid_redirect_uri' });
  });
});

describe('listClientHistory', () => {
  test('needs audit:read of a token, and nothing else', async () => {
    const { owner, organizationId, clientId } = await aClient();
    const reader = await throughToken(owner, organizationId, ['audit:read']);
    expect((await listClientHistory(reader, clientId, { limit: 9 })).map(({ action }) => action)).toEqual([
      'client.create',
    ]);
    const other = await throughToken(owner, organizationId, ['clients:read', 'clients:write', 'org:admin']);
    await expect(listClientHistory(other, clientId, { limit: 9 })).rejects.toMatchObject({ code: 'forbidden' });
    const { owner: stranger } = await anOwner(db);
    await expect(listClientHistory(stranger, clientId, { limit: 9 })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('tells a viewer that there are secrets, not which', async () => {
    const { owner, organizationId, clientId, secret } = await aClient();
    await createSecret(owner, clientId, { name: 'CI' });
    await updateClient(owner, clientId, { tokenEndpointAuthMethod: 'none' });
    const viewer = await aPerson(db, { roles: { [organizationId]: 'viewer' } });
    const events = await listClientHistory(viewer, clientId, { limit: 9 });
    const [becamePublic, added, client] = events;
    expect(becamePublic?.after).toMatchObject({ tokenEndpointAuthMethod: 'none', tokensEnded: 0 });
    expect(added).toMatchObject({ action: 'secret.create', before: null, after: null });
    expect(client?.after).toMatchObject({ name: 'Invoices' });
    expect(JSON.stringify(events)).not.toContain(secret?.id);
    expect(JSON.stringify(await listClientHistory(owner, clientId, { limit: 9 }))).toContain(secret?.id);
  });
});

describe('expireSecret', () => {
  test('moves the expiry of a secret to an earlier time only, and writes it into the history', async () => {
    const { owner, clientId, secret } = await aClient();
    const id = secret?.id ?? '';
    const [end, sooner, later] = [inHours(48), inHours(1), inHours(72)];
    expect(await expireSecret(owner, clientId, id, end)).toMatchObject({ id, expiresAt: end });
    expect(await expireSecret(owner, clientId, id, sooner)).toMatchObject({ expiresAt: sooner });
    await expect(expireSecret(owner, clientId, id, later)).rejects.toMatchObject({ code: 'conflict' });
    expect(await listSecrets(owner, clientId)).toMatchObject([{ id, expiresAt: sooner }]);
    const [event] = await listClientHistory(owner, clientId, { limit: 1 });
    expect(event).toMatchObject({ action: 'secret.expire', after: { expiresAt: sooner.toISOString() } });
  });

  test('refuses an expiry in the past, a secret that has ended, and a missing one', async () => {
    const { owner, clientId, secret } = await aClient();
    const id = secret?.id ?? '';
    await expect(expireSecret(owner, clientId, id, inHours(-1))).rejects.toMatchObject({ field: 'expiresAt' });
    await expect(expireSecret(owner, clientId, 'nonsense', inHours(1))).rejects.toMatchObject({ code: 'not_found' });
    const other = await aClient();
    const foreign = expireSecret(owner, clientId, other.secret?.id ?? '', inHours(1));
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
    await disableClient(owner, clientId);
    await revokeSecret(owner, clientId, id);
    await expect(expireSecret(owner, clientId, id, inHours(1))).rejects.toMatchObject({ code: 'conflict' });
  });
});
