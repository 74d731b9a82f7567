import { drizzle } from 'drizzle-orm/postgres-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '#db/client';
import { deleteMember, updateMemberRole } from '#db/queries/members';
import { users } from '#db/schema/user';
import { mintCredential } from '#lib/credentials/index';
import { authenticateToken, listTokens, revokeToken } from '#lib/tokens/index';
import { stateOfToken } from '#lib/tokens/rules';
import { databaseUrl, db } from '#support/database';
import { until, untilSettled } from '#support/settled';
import { anOwnersToken, aToken } from '#support/tokens';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('authenticating', () => {
  test('answers the person with the role of this moment and the token, in one query', async () => {
    const { owner, organizationId, token, value } = await anOwnersToken({ scopes: ['clients:read', 'org:admin'] });
    const statements: string[] = [];
    const sql = connect(databaseUrl, { max: 1 });
    const watched = drizzle({ client: sql, logger: { logQuery: (query) => void statements.push(query) } });
    await authenticateToken(watched, value);
    statements.length = 0;
    expect(await authenticateToken(watched, value)).toEqual({
      kind: 'person',
      userId: owner.actor.userId,
      isOperator: false,
      emailVerified: true,
      memberships: [{ organizationId, role: 'owner' }],
      token: { id: token.id, organizationId, scopes: ['clients:read', 'org:admin'], expiresAt: null },
    });
    const reads = statements.filter((text) => text.startsWith('select'));
    expect(reads).toHaveLength(1);
    await updateMemberRole(db, { organizationId, userId: owner.actor.userId }, 'viewer');
    expect((await authenticateToken(watched, value))?.memberships).toEqual([{ organizationId, role: 'viewer' }]);
    await sql.end();
  });

  test('a malformed token is refused without a query', async () => {
    const nowhere = new Proxy({}, { get: () => expect.unreachable() }) as typeof db;
    const good = mintCredential('clt_pat_');
    for (const text of ['', 'x', 'clt_pat_', `${good}x`, good.slice(0, -1), mintCredential('clt_cs_'), 'clt_pat_\0'])
      expect(await authenticateToken(nowhere, text)).toBeUndefined();
    expect(await authenticateToken(db, good)).toBeUndefined();
  });

  test('ends with the token: revoked at once, expired to the second', async () => {
    const { owner, organizationId, token, value } = await anOwnersToken();
    await revokeToken(owner, token.id);
    expect(await authenticateToken(db, value)).toBeUndefined();
    const short = await aToken(owner, organizationId, { expiresInSeconds: 60 });
    expect(stateOfToken(short.token)).toBe('expiring');
    vi.advanceTimersByTime(59_000);
    expect(await authenticateToken(db, short.value)).toBeDefined();
    vi.advanceTimersByTime(1000);
    expect(await authenticateToken(db, short.value)).toBeUndefined();
    expect(stateOfToken(short.token)).toBe('expired');
  });

  test('ends with the membership, and with the account', async () => {
    const first = await anOwnersToken();
    await deleteMember(db, { organizationId: first.organizationId, userId: first.owner.actor.userId });
    expect(await authenticateToken(db, first.value)).toBeUndefined();
    const second = await anOwnersToken();
    await db.update(users).set({ disabledAt: new Date() });
    expect(await authenticateToken(db, second.value)).toBeUndefined();
  });

  test('notes the use at most once a minute', async () => {
    const { owner, value } = await anOwnersToken();
    const lastUse = async () => (await listTokens(owner))[0]?.lastUsedAt;
    expect(await lastUse()).toBeNull();
    const first = new Date();
    await authenticateToken(db, value);
    await until(async () => (await lastUse())?.getTime() === first.getTime());
    vi.advanceTimersByTime(59_000);
    await authenticateToken(db, value);
    await untilSettled();
    expect(await lastUse()).toEqual(first);
    vi.advanceTimersByTime(1000);
    await authenticateToken(db, value);
    await until(async () => (await lastUse())?.getTime() === first.getTime() + 60_000);
  });

  test('a last use that cannot be written fails no request', async () => {
    const { value } = await anOwnersToken();
    const broken = Object.create(db, {
      update: { value: () => ({ set: () => ({ where: () => Promise.reject(new Error()) }) }) },
    });
    expect(await authenticateToken(broken, value)).toBeDefined();
  });
});
