import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { apiTokens } from '#db/schema/token';
import { isWellFormedCredential } from '#lib/credentials/index';
import {
  authenticateToken,
  createToken,
  listOrganizationTokens,
  listTokens,
  revokeToken,
  storeTokenReveal,
  takeTokenReveal,
} from '#lib/tokens/index';
import { liveTokensMax } from '#lib/tokens/rules';
import { anOrganization, anOwner, aPerson, stranger, throughToken } from '#support/actors';
import { db } from '#support/database';
import { anOwnersToken, aToken } from '#support/tokens';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('making a token', () => {
  test('gives the value once; the database holds its HMAC only', async () => {
    const { token, value } = await anOwnersToken();
    expect(isWellFormedCredential('clt_pat_', value)).toBe(true);
    expect(token).not.toHaveProperty('hash');
    const rows = await db.select().from(apiTokens);
    expect(JSON.stringify(rows)).not.toContain(value);
    expect(rows.find(({ id }) => id === token.id)?.hash).toMatch(/^[\w-]{43}$/);
  });

  test('a form that is sent twice, even at once, makes one token', async () => {
    const { owner, organizationId } = await anOwner(db);
    const input = { organizationId, name: 'CI', scopes: ['clients:read'], submissionId: randomUUID() };
    const made = await Promise.all([createToken(owner, input), createToken(owner, input)]);
    expect(new Set(made.map(({ token }) => token.id)).size).toBe(1);
    expect(made.filter(({ value }) => value)).toHaveLength(1);
  });

  test('every wrong field is named at once', async () => {
    const { owner, organizationId } = await anOwner(db);
    const input = { organizationId, name: 'CI', scopes: ['clients:read', 'nope'], expiresInSeconds: -1 };
    await expect(createToken(owner, input)).rejects.toMatchObject({
      code: 'invalid_metadata',
      issues: [{ field: 'scopes' }, { field: 'expiresAt' }],
    });
    await expect(createToken(owner, { ...input, scopes: [] })).rejects.toMatchObject({ field: 'scopes' });
    await expect(createToken(owner, { ...input, name: 'a\u202eb' })).rejects.toMatchObject({ field: 'name' });
    const forever = { ...input, scopes: ['read'], expiresInSeconds: Number.MAX_SAFE_INTEGER };
    await expect(createToken(owner, forever)).rejects.toMatchObject({ field: 'expiresAt' });
  });

  test('an organization of others is not there', async () => {
    const { owner } = await anOwner(db);
    const other = await anOrganization(db);
    for (const organizationId of [other.id, randomUUID(), 'x'])
      await expect(createToken(owner, { organizationId, name: 'x', scopes: ['read'] })).rejects.toMatchObject({
        code: 'not_found',
      });
  });

  test('an operator makes no token in an organization that they do not belong to: it could do nothing', async () => {
    const { organizationId } = await anOwner(db);
    const operator = await aPerson(db, { isOperator: true });
    await expect(createToken(operator, { organizationId, name: 'x', scopes: ['read'] })).rejects.toMatchObject({
      field: 'organizationId',
    });
  });

  test('the command line makes one for a named person, and nobody else can', async () => {
    const { owner, organizationId } = await anOwner(db);
    const line = { ...stranger(db), actor: { kind: 'command_line' }, channel: 'command_line' } as const;
    const { token } = await createToken(line, {
      organizationId,
      name: 'x',
      scopes: ['read'],
      userId: owner.actor.userId,
    });
    expect(token.userId).toBe(owner.actor.userId);
    const dev = await aPerson(db, { roles: { [organizationId]: 'developer' } });
    const forged = await aToken(dev, organizationId, { userId: owner.actor.userId });
    expect(forged.token.userId).toBe(dev.actor.userId);
  });

  test('the number of live tokens is limited', async () => {
    const { owner, organizationId } = await anOwner(db);
    const one = { organizationId, userId: owner.actor.userId, name: 'n', pepperId: 'p', lastFour: 'abcd' };
    await db
      .insert(apiTokens)
      .values(Array.from({ length: liveTokensMax }, () => ({ ...one, scopes: ['read'], hash: randomUUID() })));
    await expect(aToken(owner, organizationId)).rejects.toMatchObject({ code: 'limit_reached' });
  });
});

describe('a token that makes a token', () => {
  test('needs org:admin', async () => {
    const { owner, organizationId } = await anOwner(db);
    const through = await throughToken(owner, organizationId, ['clients:write']);
    await expect(aToken(through, organizationId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listTokens(through)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('gives no scope beyond its own', async () => {
    const { owner, organizationId } = await anOwner(db);
    const through = await throughToken(owner, organizationId, ['org:admin', 'clients:read']);
    await expect(aToken(through, organizationId, { scopes: ['clients:write'] })).rejects.toMatchObject({
      code: 'forbidden',
      field: 'scopes',
    });
    expect((await aToken(through, organizationId)).token.scopes).toEqual(['clients:read']);
  });

  test('gives no token outside its organization, though its person belongs to both', async () => {
    const [one, two] = [await anOrganization(db), await anOrganization(db)];
    const person = await aPerson(db, { roles: { [one.id]: 'owner', [two.id]: 'owner' } });
    const through = await throughToken(person, one.id, ['org:admin', 'clients:read']);
    await expect(aToken(through, two.id)).rejects.toMatchObject({ code: 'not_found' });
    await aToken(person, two.id);
    expect((await listTokens(through)).every(({ organizationId }) => organizationId === one.id)).toBe(true);
  });

  test('gives no later end, and its own end when none is asked for', async () => {
    const { owner, organizationId } = await anOwner(db);
    const through = await throughToken(owner, organizationId, ['org:admin', 'clients:read']);
    const expiresAt = new Date(Date.now() + 3600_000);
    if (through.actor.token) through.actor.token.expiresAt = expiresAt;
    expect((await aToken(through, organizationId)).token.expiresAt).toEqual(expiresAt);
    await expect(aToken(through, organizationId, { expiresInSeconds: 3601 })).rejects.toMatchObject({
      code: 'forbidden',
      field: 'expiresAt',
    });
  });
});

describe('revoking and listing', () => {
  test("a person sees and ends their own; owners and admins everyone's", async () => {
    const { owner, organizationId } = await anOwner(db);
    const [dev, other, admin] = [
      await aPerson(db, { roles: { [organizationId]: 'developer' } }),
      await aPerson(db, { roles: { [organizationId]: 'developer' } }),
      await aPerson(db, { roles: { [organizationId]: 'admin' } }),
    ];
    const { token } = await aToken(dev, organizationId);
    expect((await listTokens(dev)).map(({ id }) => id)).toEqual([token.id]);
    expect(await listTokens(other)).toEqual([]);
    await expect(listOrganizationTokens(dev, organizationId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revokeToken(other, token.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await listOrganizationTokens(owner, organizationId))[0]).toMatchObject({ id: token.id, userName: 'Ada' });
    await revokeToken(admin, token.id);
    await revokeToken(dev, token.id);
    expect(await listTokens(dev)).toEqual([]);
  });

  test("someone else's token is not there", async () => {
    const { token, organizationId } = await anOwnersToken();
    const { owner: foreign } = await anOwner(db);
    for (const id of [token.id, randomUUID(), 'x'])
      await expect(revokeToken(foreign, id)).rejects.toMatchObject({ code: 'not_found', message: 'Token not found' });
    await expect(listOrganizationTokens(foreign, organizationId)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a token may end itself without org:admin, and nothing else', async () => {
    const { owner, organizationId, token, value } = await anOwnersToken();
    const actor = await authenticateToken(db, value);
    if (!actor) throw new Error('not authenticated');
    const other = await aToken(owner, organizationId);
    await expect(revokeToken({ ...owner, actor }, other.token.id)).rejects.toMatchObject({ code: 'forbidden' });
    await revokeToken({ ...owner, actor }, token.id);
    expect(await authenticateToken(db, value)).toBeUndefined();
  });
});

describe('showing a secret once', () => {
  test('of a new token: once, to its maker, within ten minutes', async () => {
    const { owner, organizationId, token, value } = await anOwnersToken();
    const id = randomUUID();
    await storeTokenReveal(owner, id, { id: token.id, value });
    const other = await aPerson(db, { roles: { [organizationId]: 'owner' } });
    expect(await takeTokenReveal(other, id)).toBeUndefined();
    expect(await takeTokenReveal(owner, id)).toMatchObject({ value, token: { id: token.id } });
    expect(await takeTokenReveal(owner, id)).toBeUndefined();
    const late = await aToken(owner, organizationId);
    await storeTokenReveal(owner, id, { id: late.token.id, value: late.value });
    vi.advanceTimersByTime(600_000);
    expect(await takeTokenReveal(owner, id)).toBeUndefined();
  });
});
