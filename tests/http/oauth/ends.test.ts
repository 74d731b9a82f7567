import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { deleteExpiredArtifacts, selectArtifactByHash } from '#db/queries/artifacts';
import { artifacts } from '#db/schema/artifact';
import { clients } from '#db/schema/client';
import {
  disableClient,
  enableClient,
  removeClient,
  suspendClient,
  unsuspendClient,
  updateClient,
} from '#lib/clients/index';
import { hashCredential, mintCredential } from '#lib/credentials/index';
import { revokeSecret, rotateSecret } from '#lib/secrets/index';
import { stranger } from '#support/actors';
import { aToken, everything } from '#support/api';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, aSecret, askToken, aTokenOf, introspect } from '#support/oauth';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
type Machine = Awaited<ReturnType<typeof aMachine>>;

const left = (clientId: string) => db.$count(artifacts, eq(artifacts.clientId, clientId));

/** As many live tokens as the client would have asked for, in one go. */
async function manyTokensOf(machine: Machine, count: number): Promise<string[]> {
  await aTokenOf(machine);
  const [row] = await db.select().from(artifacts).where(eq(artifacts.clientId, machine.clientId));
  if (!row) throw new Error('no row');
  const tokens = Array.from({ length: count }, () => mintCredential('clt_mt_'));
  for (let at = 0; at < count; at += 1000)
    await db
      .insert(artifacts)
      .values(tokens.slice(at, at + 1000).map((token) => ({ ...row, hash: hashCredential(token).hash })));
  return tokens;
}

const named = (token: string) => ({
  kind: 'ClientCredentials',
  hashes: [hashCredential(token).hash],
  now: new Date(),
});

/** Whether the server still knows any of them. */
async function isKnown(tokens: readonly string[]): Promise<boolean> {
  const hashes = tokens.map((token) => hashCredential(token).hash);
  return (await selectArtifactByHash(db, { kind: 'ClientCredentials', hashes, now: new Date() })) !== undefined;
}

const untilNoneIsLeft = (clientId: string) => expect.poll(() => left(clientId)).toBe(0);

describe('a client with 10,000 live tokens', () => {
  test('DELETE answers after all of them have ended', async () => {
    const machine = await aMachine();
    const tokens = await manyTokensOf(machine, 10_000);
    expect(await left(machine.clientId)).toBe(10_001);
    expect(await isKnown(tokens)).toBe(true);
    expect(await introspect(machine, tokens[9999] ?? '')).toMatchObject({ active: true });
    const token = await aToken(db, machine.owner, machine.organizationId, { scopes: everything });
    const answer = await fetch(`${origin}/api/v1/clients/${machine.clientId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(204);
    expect(await isKnown(tokens)).toBe(false);
    await untilNoneIsLeft(machine.clientId);
    expect((await askToken(machine)).status).toBe(401);
  });

  test('disabling it does the same, and enabling it again brings none back', async () => {
    const machine = await aMachine();
    const tokens = await manyTokensOf(machine, 10_000);
    await disableClient(machine.owner, machine.clientId);
    expect(await isKnown(tokens)).toBe(false);
    await untilNoneIsLeft(machine.clientId);
    expect((await askToken(machine)).body.error).toBe('invalid_client');
    await enableClient(machine.owner, machine.clientId);
    for (const token of tokens.slice(0, 20)) expect(await introspect(machine, token)).toEqual({ active: false });
    expect((await askToken(machine)).status).toBe(200);
  });
});

describe('what ends which tokens', () => {
  test('suspending the client: all, and lifting it brings none back', async () => {
    const machine = await aMachine();
    const token = await aTokenOf(machine);
    expect(await suspendClient(operator, machine.clientId)).toEqual({ status: 'suspended', tokensEnded: 1 });
    await untilNoneIsLeft(machine.clientId);
    expect((await askToken(machine)).body.error).toBe('invalid_client');
    expect(await unsuspendClient(operator, machine.clientId)).toEqual({ status: 'active' });
    expect(await introspect(machine, token)).toEqual({ active: false });
    expect((await askToken(machine)).status).toBe(200);
  });

  test('a client that is suspended past the verb has no tokens that are known', async () => {
    const machine = await aMachine();
    const token = await aTokenOf(machine);
    await db.update(clients).set({ status: 'suspended' }).where(eq(clients.clientId, machine.clientId));
    expect(await selectArtifactByHash(db, named(token))).toBeUndefined();
  });

  test('revoking a secret: those given for it, and no others', async () => {
    const machine = await aMachine();
    const second = { ...machine, ...(await aSecret(machine.owner, machine.clientId)) };
    const [kept, ended] = [await aTokenOf(machine), await aTokenOf(second)];
    await revokeSecret(machine.owner, machine.clientId, second.secretId);
    expect(await introspect(machine, ended)).toEqual({ active: false });
    expect(await introspect(machine, kept)).toMatchObject({ active: true });
  });

  test('rotating with no overlap: those of before; with an overlap: none', async () => {
    const machine = await aMachine();
    const token = await aTokenOf(machine);
    const overlapping = await rotateSecret(machine.owner, machine.clientId, { overlapSeconds: 3600 });
    const next = { ...machine, secret: overlapping.value ?? '' };
    expect(await introspect(next, token)).toMatchObject({ active: true });
    const last = await rotateSecret(machine.owner, machine.clientId, { overlapSeconds: 0 });
    expect(await introspect({ ...machine, secret: last.value ?? '' }, token)).toEqual({ active: false });
  });

  test('becoming a public client: all that were given for a secret', async () => {
    const machine = await aMachine({ applicationType: 'web', redirectUris: ['https://app.example/cb'] });
    await aTokenOf(machine);
    await updateClient(machine.owner, machine.clientId, {
      tokenEndpointAuthMethod: 'none',
      grantTypes: ['authorization_code'],
      responseTypes: ['code'],
      requirePkce: true,
    });
    await untilNoneIsLeft(machine.clientId);
  });
});

describe('a token that is being given while its client ends', () => {
  const ways: [string, (machine: Machine) => Promise<unknown>][] = [
    ['deleted', ({ owner, clientId }) => removeClient(owner, clientId)],
    ['disabled', ({ owner, clientId }) => disableClient(owner, clientId)],
    ['suspended', ({ clientId }) => suspendClient(operator, clientId)],
    ['its secret revoked', ({ owner, clientId }) => rotateSecret(owner, clientId, { overlapSeconds: 0 })],
  ];
  test.each(ways)('%s: none is left behind, and nobody gets a 5xx', async (_title, end) => {
    for (let round = 0; round < 5; round++) {
      const machine = await aMachine();
      const asked = Array.from({ length: 12 }, async () => (await askToken(machine)).status);
      await Promise.race(asked);
      await end(machine);
      expect((await Promise.all(asked)).filter((status) => status !== 200 && status !== 401)).toEqual([]);
      await untilNoneIsLeft(machine.clientId);
    }
  });
});

test('what is over is swept away', async () => {
  const machine = await aMachine();
  await aTokenOf(machine);
  await db
    .update(artifacts)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(artifacts.clientId, machine.clientId));
  expect(await deleteExpiredArtifacts(db, new Date())).toBeGreaterThan(0);
  expect(await left(machine.clientId)).toBe(0);
});
