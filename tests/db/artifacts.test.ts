import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { deleteArtifactsOf } from '#db/queries/artifacts';
import { artifacts } from '#db/schema/artifact';
import { artifactsOf } from '#lib/authorization-server/adapter';
import { mintCredential } from '#lib/credentials/index';
import { anOwner } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';

const of = (kind: string) => artifactsOf(kind);
const aClient = async () => {
  const { owner, organizationId } = await anOwner(db);
  return { accountId: owner.actor.userId, clientId: await aClientRow(db, { organizationId }) };
};

describe('an artifact', () => {
  test('is found by its value, with it, until it ends; the row does not hold it', async () => {
    const value = randomUUID();
    await of('AuthorizationCode').upsert(value, { ...(await aClient()), jti: value, scope: 'read' }, 60);
    expect(await of('AuthorizationCode').find(value)).toMatchObject({ jti: value, scope: 'read' });
    expect(JSON.stringify(await db.select().from(artifacts))).not.toContain(value);
    await of('AuthorizationCode').destroy(value);
    expect(await of('AuthorizationCode').find(value)).toBeUndefined();
  });

  test('of one kind is none of another', async () => {
    const value = randomUUID();
    await of('AuthorizationCode').upsert(value, await aClient(), 60);
    expect(await of('DeviceCode').find(value)).toBeUndefined();
    await of('DeviceCode').destroy(value);
    expect(await of('AuthorizationCode').find(value)).toBeDefined();
  });

  test('that is over is not found', async () => {
    const value = randomUUID();
    await of('AuthorizationCode').upsert(value, await aClient(), -1);
    expect(await of('AuthorizationCode').find(value)).toBeUndefined();
  });

  test('is consumed once: of many at the same moment one succeeds, the others are told invalid_grant', async () => {
    const value = randomUUID();
    await of('AuthorizationCode').upsert(value, await aClient(), 60);
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => of('AuthorizationCode').consume(value)));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(taken.find((one) => one.status === 'rejected')?.reason).toMatchObject({ error: 'invalid_grant' });
    expect(await of('AuthorizationCode').find(value)).toMatchObject({ consumed: expect.any(Number) });
  });

  test('a session is found by its other name, which is hashed too where it is a code', async () => {
    const [value, uid, userCode] = [randomUUID(), randomUUID(), 'BCDF-GHJK'];
    await of('Session').upsert(value, { jti: value, uid }, 60);
    expect(await of('Session').findByUid(uid)).toMatchObject({ uid });
    await of('DeviceCode').upsert(randomUUID(), { ...(await aClient()), userCode }, 60);
    expect(await of('DeviceCode').findByUserCode(userCode)).toMatchObject({ userCode });
    expect(JSON.stringify(await db.select().from(artifacts))).not.toContain(userCode);
  });

  test('is replaced when it is stored again', async () => {
    const value = randomUUID();
    await of('Session').upsert(value, { jti: value, uid: 'first' }, 60);
    await of('Session').upsert(value, { jti: value, uid: 'second' }, 60);
    expect(await of('Session').find(value)).toMatchObject({ uid: 'second' });
    expect(await of('Session').findByUid('first')).toBeUndefined();
  });
});

describe('one statement ends everything', () => {
  const three = async () => {
    const client = await aClient();
    const grantId = randomUUID();
    await of('Grant').upsert(grantId, { ...client, jti: grantId }, 60);
    const token = mintCredential('clt_at_');
    await of('AccessToken').upsert(token, { ...client, grantId }, 60);
    const other = mintCredential('clt_at_');
    await of('AccessToken').upsert(other, { ...client, grantId: randomUUID() }, 60);
    return { ...client, grantId, token, other };
  };

  test('of a grant: itself and its tokens, and no others', async () => {
    const { grantId, token, other } = await three();
    await of('AccessToken').revokeByGrantId(grantId);
    expect(await of('AccessToken').find(token)).toBeUndefined();
    expect(await of('Grant').find(grantId)).toBeUndefined();
    expect(await of('AccessToken').find(other)).toBeDefined();
  });

  test('of a user', async () => {
    const [one, two] = [await three(), await three()];
    expect(await deleteArtifactsOf(db, { userId: one.accountId })).toBe(3);
    expect(await of('AccessToken').find(two.token)).toBeDefined();
  });

  test('of a client, also one that is not active', async () => {
    const { clientId } = await three();
    expect(await deleteArtifactsOf(db, { clientId })).toBe(3);
    expect(await db.$count(artifacts, eq(artifacts.clientId, clientId))).toBe(0);
  });
});
