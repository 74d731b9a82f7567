import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { endArtifacts, upsertArtifact } from '#db/queries/artifacts';
import { artifacts } from '#db/schema/artifact';
import { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { sessions } from '#db/schema/user';
import { artifactsOf } from '#lib/authorization-server/adapter';
import { mintCredential } from '#lib/credentials/index';
import { anOwner } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { aGrantRow } from '#support/grants';

const of = (kind: string) => artifactsOf(kind);
const aClient = async () => {
  const { owner, organizationId } = await anOwner(db);
  return { accountId: owner.actor.userId, clientId: await aClientRow(db, { organizationId }) };
};

async function aSession(endedAt: Date | null = null) {
  const { owner } = await anOwner(db);
  const expiresAt = new Date(Date.now() + 60_000);
  const [row] = await db.insert(sessions).values({ userId: owner.actor.userId, expiresAt, endedAt }).returning();
  return row?.id ?? '';
}

describe('an artifact', () => {
  test('is found by its value, with it, until it ends; the row does not hold it', async () => {
    const value = randomUUID();
    await of('AuthorizationCode').upsert(value, { ...(await aClient()), jti: value, scope: 'read' }, 60);
    expect(await of('AuthorizationCode').find(value)).toMatchObject({ jti: value, scope: 'read' });
    expect(JSON.stringify(await db.select().from(artifacts))).not.toContain(value);
    await of('AuthorizationCode').destroy(value);
    expect(await of('AuthorizationCode').find(value)).toBeUndefined();
  });

  test('of one kind is not found as another', async () => {
    const value = randomUUID();
    await of('AuthorizationCode').upsert(value, await aClient(), 60);
    expect(await of('DeviceCode').find(value)).toBeUndefined();
    await of('DeviceCode').destroy(value);
    expect(await of('AuthorizationCode').find(value)).toBeDefined();
  });

  test('that has expired is not found', async () => {
    const value = randomUUID();
    await of('AuthorizationCode').upsert(value, await aClient(), -1);
    expect(await of('AuthorizationCode').find(value)).toBeUndefined();
  });

  test('is consumed once: of many attempts at once one succeeds, the others get invalid_grant', async () => {
    const value = randomUUID();
    await of('AuthorizationCode').upsert(value, await aClient(), 60);
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => of('AuthorizationCode').consume(value)));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(taken.find((one) => one.status === 'rejected')?.reason).toMatchObject({ error: 'invalid_grant' });
    expect(await of('AuthorizationCode').find(value)).toMatchObject({ consumed: expect.any(Number) });
  });

  test('a session is found by its uid, and a device code by its user code, which is stored as a hash', async () => {
    const [value, uid, userCode] = [await aSession(), randomUUID(), 'BCDF-GHJK'];
    await of('Session').upsert(value, { jti: value, uid }, 60);
    expect(await of('Session').findByUid(uid)).toMatchObject({ uid });
    await of('DeviceCode').upsert(randomUUID(), { ...(await aClient()), userCode }, 60);
    expect(await of('DeviceCode').findByUserCode(userCode)).toMatchObject({ userCode });
    expect(JSON.stringify(await db.select().from(artifacts))).not.toContain(userCode);
  });

  test('is replaced when it is stored again', async () => {
    const value = await aSession();
    await of('Session').upsert(value, { jti: value, uid: 'first' }, 60);
    await of('Session').upsert(value, { jti: value, uid: 'second' }, 60);
    expect(await of('Session').find(value)).toMatchObject({ uid: 'second' });
    expect(await of('Session').findByUid('first')).toBeUndefined();
  });
});

const three = async () => {
  const client = await aClient();
  const { accountId: userId, clientId } = client;
  const id = await aGrantRow(db, { userId, clientId, organizationId: null });
  const give = async (kind: 'AccessToken' | 'AuthorizationCode', family: string) => {
    const token = kind === 'AccessToken' ? mintCredential('clt_at_') : randomUUID();
    await of(kind).upsert(token, { ...client, grantId: `${id}.${family}` }, 60);
    return token;
  };
  await give('AuthorizationCode', 'one');
  const token = await give('AccessToken', 'one');
  await give('AuthorizationCode', 'two');
  return { ...client, id, token, other: await give('AccessToken', 'two') };
};

describe('everything ends', () => {
  test('of an authorization: its tokens, and none of another under the same grant', async () => {
    const { id, token, other } = await three();
    await of('AccessToken').revokeByGrantId(`${id}.one`);
    expect(await of('AccessToken').find(token)).toBeUndefined();
    expect(await of('AccessToken').find(other)).toBeDefined();
  });

  test('of a grant, and with the grant', async () => {
    const [one, two] = [await three(), await three()];
    await endArtifacts(db, { of: 'grant', id: one.id });
    await expect.poll(() => db.$count(artifacts, eq(artifacts.grantId, one.id))).toBe(0);
    await db.delete(grants).where(eq(grants.id, two.id));
    expect(await of('AccessToken').find(two.token)).toBeUndefined();
  });

  test('of a session: what ends with it', async () => {
    const { accountId, clientId, token } = await three();
    const sessionUid = await aSession();
    const bound = mintCredential('clt_at_');
    await of('AccessToken').upsert(bound, { accountId, clientId, sessionUid, scope: 'openid read' }, 60);
    await endArtifacts(db, { of: 'session', id: sessionUid });
    expect(await of('AccessToken').find(bound)).toBeUndefined();
    expect(await of('AccessToken').find(token)).toBeDefined();
  });

  test('of a user', async () => {
    const [one, two] = [await three(), await three()];
    await endArtifacts(db, { of: 'user', id: one.accountId });
    await expect.poll(() => db.$count(artifacts, eq(artifacts.userId, one.accountId))).toBe(0);
    expect(await of('AccessToken').find(two.token)).toBeDefined();
  });

  test('of a client, also one that is not active', async () => {
    const { clientId } = await three();
    await endArtifacts(db, { of: 'client', id: clientId });
    await expect.poll(() => db.$count(artifacts, eq(artifacts.clientId, clientId))).toBe(0);
  });
});

describe('an artifact that is being stored at that moment', () => {
  const waits = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const ends: [string, (of: Awaited<ReturnType<typeof three>>) => Promise<unknown>][] = [
    ['its authorization is revoked', ({ id }) => of('AccessToken').revokeByGrantId(`${id}.one`)],
    ['all that its person was asked for ends', ({ accountId: userId }) => endArtifacts(db, { of: 'user', id: userId })],
  ];
  test.each(ends)('%s: it has ended as well', async (_title, end) => {
    const given = await three();
    const { accountId: userId, clientId, id } = given;
    const next = { hash: randomUUID(), kind: 'AccessToken', clientId, userId, grantId: id, familyId: `${id}.one` };
    const rest = {
      sessionId: null,
      givenInSession: null,
      secretId: null,
      otherHash: null,
      payload: { scope: 'openid' },
      expiresAt: null,
    };
    const ended = await db.transaction(async (tx) => {
      expect(await upsertArtifact(tx, { ...next, ...rest })).toBe(true);
      const ending = end(given);
      await expect.poll(() => db.execute(waits)).toHaveLength(1);
      return { ending };
    });
    await ended.ending;
    await expect.poll(() => db.$count(artifacts, eq(artifacts.familyId, `${id}.one`))).toBe(0);
  });
});

describe('nothing new is stored', () => {
  test('under a grant that was revoked, in a session that is over, for a client that is not active', async () => {
    const client = await aClient();
    const id = randomUUID();
    const keep = (payload: object) =>
      of('AccessToken').upsert(mintCredential('clt_at_'), { ...client, ...payload }, 60);
    await expect(keep({ grantId: `${id}.one` })).rejects.toMatchObject({ error: 'invalid_grant' });
    const sessionUid = await aSession(new Date());
    await expect(keep({ sessionUid, scope: 'openid' })).rejects.toMatchObject({ error: 'invalid_client' });
    // The code of a browser, also for what outlives its session.
    const code = of('AuthorizationCode').upsert(randomUUID(), { ...client, sessionUid, scope: 'offline_access' }, 60);
    await expect(code).rejects.toMatchObject({ error: 'invalid_client' });
    await db.update(clients).set({ status: 'disabled' }).where(eq(clients.clientId, client.clientId));
    await expect(keep({})).rejects.toMatchObject({ error: 'invalid_client' });
  });
});
