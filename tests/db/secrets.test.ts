import { createHmac, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { secrets } from '#db/schema/client';
import { listAuditEvents } from '#lib/audit/index';
import { createClient, disableClient } from '#lib/clients/index';
import { hashesWithEveryPepper, isHashOf, isWellFormedCredential, mintCredential } from '#lib/credentials/index';
import type { TokenScope } from '#lib/kernel/actor';
import { keys } from '#lib/kernel/keys';
import {
  createSecret,
  listSecrets,
  readSealedSecrets,
  revokeSecret,
  rotateSecret,
  storeReveal,
  takeReveal,
} from '#lib/secrets/index';
import { stateOf } from '#lib/secrets/rules';
import { anOwner, aPerson, throughToken } from '#support/actors';
import { db } from '#support/database';

const metadata = { name: 'Invoices', redirectUris: ['https://app.example/cb'] };

async function aClient(channel: 'portal' | 'docspace' = 'portal') {
  const { owner, organizationId } = await anOwner(db);
  const { client, secret } = await createClient(
    { ...owner, channel },
    { organizationId, metadata: { ...metadata, scopes: ['openid'] } },
  );
  if (!secret) throw new Error('no secret');
  return { owner, organizationId, client, clientId: client.clientId, secret };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

test('S1: a minted credential has 256 bits, no awkward character, and a checksum that finds a typo', () => {
  const value = mintCredential('clt_cs_');
  expect(value).toMatch(/^clt_cs_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/);
  expect(isWellFormedCredential('clt_cs_', value)).toBe(true);
  const typo = value.slice(0, 20) + (value[20] === 'x' ? 'y' : 'x') + value.slice(21);
  expect(isWellFormedCredential('clt_cs_', typo)).toBe(false);
  expect(isWellFormedCredential('clt_pat_', value)).toBe(false);
});

test('S2: stored is an HMAC under the pepper, which another pepper does not give, and the last four characters', async () => {
  const { clientId, secret } = await aClient();
  const rows = await db.select().from(secrets).where(eq(secrets.clientId, clientId));
  const hmac = (key: Uint8Array) => createHmac('sha256', key).update(secret.value).digest('base64url');
  expect(rows).toMatchObject([{ hash: hmac(keys().pepper.key), lastFour: secret.value.slice(-4), sealed: null }]);
  expect(hmac(new Uint8Array(32))).not.toBe(rows[0]?.hash);
  expect(isHashOf(rows[0]?.hash ?? '', hashesWithEveryPepper(secret.value))).toBe(true);
  expect(isHashOf(rows[0]?.hash ?? '', hashesWithEveryPepper(mintCredential('clt_cs_')))).toBe(false);
});

describe('rotation', () => {
  test('the old secret lives on for exactly the chosen overlap', async () => {
    const { owner, clientId, secret } = await aClient();
    const { value } = await rotateSecret(owner, clientId, { overlapSeconds: 3600 });
    expect(value).toBeTruthy();
    const old = (await listSecrets(owner, clientId)).find(({ id }) => id === secret.id);
    if (!old) throw new Error('old secret vanished');
    expect(stateOf(old)).toBe('expiring');
    vi.advanceTimersByTime(3600_000);
    expect(stateOf(old)).toBe('expired');
  });

  test('a second rotation never lengthens the life of the first secret', async () => {
    const { owner, clientId, secret } = await aClient();
    await rotateSecret(owner, clientId, { overlapSeconds: 60 });
    const end = (await listSecrets(owner, clientId)).find(({ id }) => id === secret.id)?.expiresAt;
    await rotateSecret(owner, clientId, { overlapSeconds: 7 * 24 * 3600 });
    expect((await listSecrets(owner, clientId)).find(({ id }) => id === secret.id)?.expiresAt).toEqual(end);
  });

  test('without overlap the old one is revoked at once; more than 168 hours is refused', async () => {
    const { owner, clientId, secret } = await aClient();
    await rotateSecret(owner, clientId, { overlapSeconds: 0 });
    expect((await listSecrets(owner, clientId)).find(({ id }) => id === secret.id)?.revokedAt).not.toBeNull();
    await expect(rotateSecret(owner, clientId, { overlapSeconds: 169 * 3600 })).rejects.toMatchObject({
      field: 'overlap',
    });
  });

  test('the same form sent twice rotates once', async () => {
    const { owner, clientId } = await aClient();
    const submissionId = randomUUID();
    const sent = await Promise.all(
      [1, 2].map(() => rotateSecret(owner, clientId, { overlapSeconds: 60, submissionId })),
    );
    expect(new Set(sent.map(({ secret }) => secret.id)).size).toBe(1);
    expect(await listSecrets(owner, clientId)).toHaveLength(2);
  });
});

describe('revocation', () => {
  test('S8: the last secret that works cannot go while the app is active', async () => {
    const { owner, clientId, secret } = await aClient();
    await expect(revokeSecret(owner, clientId, secret.id)).rejects.toMatchObject({ code: 'conflict' });
    await disableClient(owner, clientId);
    await revokeSecret(owner, clientId, secret.id);
    expect(await listSecrets(owner, clientId)).toHaveLength(1);
  });

  test('two revocations at once leave one', async () => {
    const { owner, clientId, secret } = await aClient();
    const second = await createSecret(owner, clientId, { name: 'Next' });
    const both = await Promise.allSettled([secret.id, second.secret.id].map((id) => revokeSecret(owner, clientId, id)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what a secret may be', () => {
  test('five live ones at most; a bad name and a past end are both named', async () => {
    const { owner, clientId } = await aClient();
    for (let i = 2; i <= 5; i++) await createSecret(owner, clientId, { name: `Secret ${i}` });
    await expect(createSecret(owner, clientId, { name: 'One too many' })).rejects.toMatchObject({
      code: 'limit_reached',
    });
    const bad = await createSecret(owner, clientId, { name: '', expiresAt: new Date(0) }).catch((error) => error);
    expect(bad.issues.map(({ field }: { field: string }) => field)).toEqual(['name', 'expiresAt']);
  });

  test('M7, S7: a public client gets none', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { client, secret } = await createClient(owner, {
      organizationId,
      metadata: { ...metadata, tokenEndpointAuthMethod: 'none' },
    });
    expect(secret).toBeUndefined();
    await expect(createSecret(owner, client.clientId, { name: 'x' })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a viewer sees no secrets; a developer who neither made nor manages the app cannot rotate', async () => {
    const { organizationId, clientId } = await aClient();
    const viewer = await aPerson(db, { roles: { [organizationId]: 'viewer' } });
    await expect(listSecrets(viewer, clientId)).rejects.toMatchObject({ code: 'forbidden' });
    const developer = await aPerson(db, { roles: { [organizationId]: 'developer' } });
    await expect(rotateSecret(developer, clientId, { overlapSeconds: 0 })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('showing a secret once', () => {
  test('is read once, by its creator, within ten minutes', async () => {
    const { owner, organizationId, secret } = await aClient();
    const id = randomUUID();
    await storeReveal(owner, id, secret);
    const other = await aPerson(db, { roles: { [organizationId]: 'owner' } });
    expect(await takeReveal(other, id)).toBeUndefined();
    const shown = await Promise.all([takeReveal(owner, id), takeReveal(owner, id)]);
    expect(shown.filter((one) => one?.value === secret.value)).toHaveLength(1);
    expect(shown.filter((one) => one === undefined)).toHaveLength(1);
  });

  test('ten minutes later it is gone', async () => {
    const { owner, secret } = await aClient();
    const id = randomUUID();
    await storeReveal(owner, id, secret);
    vi.advanceTimersByTime(10 * 60_000);
    expect(await takeReveal(owner, id)).toBeUndefined();
  });
});

describe('the readable copy', () => {
  test('exists only where the channel promises it, needs clients:secrets, and each reading is in the history', async () => {
    const portal = await aClient();
    expect((await readSealedSecrets(portal.owner, [portal.client])).size).toBe(0);
    const { owner, organizationId, client, clientId, secret } = await aClient('docspace');
    const without = await throughToken(owner, organizationId, ['clients:read']);
    expect((await readSealedSecrets(without, [client])).size).toBe(0);
    const having = await throughToken(owner, organizationId, ['clients:read', 'clients:secrets'], 'docspace');
    expect((await readSealedSecrets(having, [client])).get(clientId)).toBe(secret.value);
    const [event] = await listAuditEvents(owner, { type: 'client', id: clientId }, { limit: 1 });
    expect(event).toMatchObject({ action: 'secret.read', actorKind: 'token', channel: 'docspace' });
    expect(JSON.stringify(event)).not.toContain(secret.value);
  });

  test('are not unsealed for a viewer, whatever the scopes of the token', async () => {
    const { organizationId, client } = await aClient('docspace');
    const viewer = await aPerson(db, { roles: { [organizationId]: 'viewer' } });
    const token = await throughToken(viewer, organizationId, ['clients:read', 'clients:secrets'], 'docspace');
    expect((await readSealedSecrets(token, [client])).size).toBe(0);
    expect((await readSealedSecrets(viewer, [client])).size).toBe(0);
  });

  test('are told at /o/apps/ to the plain read and write together, those made there and no others', async () => {
    const { owner, organizationId, client: elsewhere } = await aClient('docspace');
    const { client, secret } = await createClient(
      { ...owner, channel: 'apps' },
      { organizationId, metadata: { name: 'Robot' } },
    );
    const told = async (scopes: TokenScope[], channel: 'apps' | 'trackle') => {
      const actor = await throughToken(owner, organizationId, scopes, channel);
      return [...(await readSealedSecrets(actor, [client, elsewhere]))];
    };
    const here = [[client.clientId, secret?.value]];
    expect(await told(['read', 'write'], 'apps')).toEqual(here);
    expect(await told(['clients:read', 'clients:secrets'], 'apps')).toEqual(here);
    for (const scopes of [['read'], ['write'], ['clients:read', 'clients:write']] satisfies TokenScope[][])
      expect(await told(scopes, 'apps')).toEqual([]);
    expect(await told(['read', 'write'], 'trackle')).toEqual([]);
    expect(await told(['clients:secrets'], 'trackle')).toHaveLength(2);
  });

  test('of another organization stay closed', async () => {
    const { client } = await aClient('docspace');
    const { owner } = await anOwner(db);
    expect((await readSealedSecrets(owner, [client])).size).toBe(0);
  });
});
