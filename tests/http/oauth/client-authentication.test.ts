import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients, secrets } from '#db/schema/client';
import { revokeSecret } from '#lib/secrets/index';
import { aWebApp, callback } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, aSecret, askToken, aTokenOf, basic, introspect, post } from '#support/oauth';
import { untilSettled } from '#support/settled';

const form = { grant_type: 'client_credentials' };
const request = {
  response_type: 'code',
  redirect_uri: callback,
  scope: 'openid read',
  code_challenge: 'x'.repeat(43),
  code_challenge_method: 'S256',
};
const refused = { status: 401, error: 'invalid_client' };
const outcome = ({ status, body }: { status: number; body: { error?: string } }) => ({ status, error: body.error });

describe('several secrets', () => {
  test('each live one is right; a revoked and an expired one are refused (rule S8)', async () => {
    const machine = await aMachine();
    const { clientId, owner } = machine;
    const second = await aSecret(owner, clientId);
    const third = await aSecret(owner, clientId);
    for (const { secret } of [machine, second, third]) expect((await askToken({ clientId, secret })).status).toBe(200);
    await revokeSecret(owner, clientId, second.secretId);
    await db
      .update(secrets)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(secrets.id, third.secretId));
    expect(outcome(await askToken({ clientId, secret: second.secret }))).toEqual(refused);
    expect(outcome(await askToken({ clientId, secret: third.secret }))).toEqual(refused);
    expect((await askToken(machine)).status).toBe(200);
  });

  test.each([
    ['/oauth/introspect', (token: string) => ({ token })],
    ['/oauth/revoke', (token: string) => ({ token })],
    ['/oauth2/tokens/introspect', (token: string) => ({ token })],
    ['/oauth2/tokens/revoke', (token: string) => ({ token })],
    ['/v2/oauth/introspect', (token: string) => ({ token })],
    ['/oauth/par', () => request],
    ['/oauth/device', () => ({ scope: 'read' })],
  ])(
    'at %s a revoked, an expired and another client’s secret are refused, and nothing is done',
    async (path, formOf) => {
      const app = await aWebApp({
        grantTypes: ['authorization_code', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'],
      });
      const { clientId, owner } = app;
      const [revoked, expired, other] = [
        await aSecret(owner, clientId),
        await aSecret(owner, clientId),
        await aWebApp(),
      ];
      await revokeSecret(owner, clientId, revoked.secretId);
      const past = { expiresAt: new Date(Date.now() - 1) };
      await db.update(secrets).set(past).where(eq(secrets.id, expired.secretId));
      const token = await aTokenOf(app);
      const form = { ...formOf(token), client_id: clientId };
      const ask = (secret: string) => post(path, form, { authorization: basic({ clientId, secret }) });
      const inBody = (secret: string) => post(path, { ...form, client_secret: secret });
      for (const { secret } of [revoked, expired, other])
        for (const answer of [await ask(secret), await inBody(secret)]) expect(outcome(answer)).toEqual(refused);
      expect(await introspect(app, token)).toMatchObject({ active: true });
      expect((await ask(app.secret)).status).toBeLessThan(300);
    },
  );

  test('a secret of another client is refused', async () => {
    const [one, other] = [await aMachine(), await aMachine()];
    expect(outcome(await askToken({ clientId: one.clientId, secret: other.secret }))).toEqual(refused);
  });

  test('its last use is noted, at most once a minute, and the client’s with it', async () => {
    const machine = await aMachine();
    const read = async () => {
      const [row] = await db
        .select({ secret: secrets.lastUsedAt, client: clients.lastUsedAt })
        .from(secrets)
        .innerJoin(clients, eq(clients.clientId, secrets.clientId))
        .where(eq(secrets.id, machine.secretId));
      return row;
    };
    await askToken(machine);
    await expect.poll(read).toEqual({ secret: expect.any(Date), client: expect.any(Date) });
    const first = await read();
    expect(first?.client).toEqual(first?.secret);
    await askToken(machine);
    await untilSettled();
    expect(await read()).toEqual(first);
    const long = new Date(Date.now() - 61_000);
    await db.update(secrets).set({ lastUsedAt: long }).where(eq(secrets.id, machine.secretId));
    await db.update(clients).set({ lastUsedAt: long }).where(eq(clients.clientId, machine.clientId));
    await askToken(machine);
    await expect.poll(async () => (await read())?.secret?.getTime()).toBeGreaterThan(long.getTime() + 60_000);
  });

  test('a last use that cannot be stored delays no token', async () => {
    const machine = await aMachine();
    await db.transaction(async (tx) => {
      await tx.select().from(secrets).where(eq(secrets.id, machine.secretId)).for('share');
      expect((await askToken(machine)).status).toBe(200);
    });
  });
});

describe('rule S4', () => {
  test('two methods at once: invalid_request', async () => {
    const { clientId, secret } = await aMachine();
    const both = await post(
      '/oauth/token',
      { ...form, client_id: clientId, client_secret: secret },
      { authorization: basic({ clientId, secret }) },
    );
    expect(outcome(both)).toEqual({ status: 400, error: 'invalid_request' });
  });

  test('wrong by Basic: 401 invalid_client with WWW-Authenticate', async () => {
    const { clientId } = await aMachine();
    const answer = await askToken({ clientId, secret: 'wrong' });
    expect(outcome(answer)).toEqual(refused);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  });

  test('wrong in the body: 401 invalid_client', async () => {
    const { clientId } = await aMachine();
    expect(outcome(await post('/oauth/token', { ...form, client_id: clientId, client_secret: 'wrong' }))).toEqual(
      refused,
    );
  });

  test('no secret at all, an unknown client, and a wrong secret are told the same', async () => {
    const { clientId } = await aMachine();
    const answers = [
      await post('/oauth/token', { ...form, client_id: clientId }),
      await askToken({ clientId: randomUUID(), secret: 'wrong' }),
      await askToken({ clientId: 'nonsense', secret: 'wrong' }),
      await askToken({ clientId, secret: 'wrong' }),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 401, body: answers[0]?.body });
  });
});

describe('a client that is not active', () => {
  test.each(['disabled', 'suspended'] as const)(
    '%s: 401 invalid_client, for right secrets as for wrong ones',
    async (status) => {
      const machine = await aMachine();
      await db.update(clients).set({ status }).where(eq(clients.clientId, machine.clientId));
      expect(outcome(await askToken(machine))).toEqual(refused);
    },
  );
});

describe('programs in browsers', () => {
  const from = (path: string, machine: { clientId: string; secret: string }, page: string) =>
    post(path, { ...form, token: 'x' }, { authorization: basic(machine), origin: page });

  test.each(['/oauth/token', '/oauth/revoke', '/oauth2/token'])(
    '%s answers the origins that the client registered, and no other',
    async (path) => {
      const machine = await aMachine({ allowedOrigins: ['https://app.example'] });
      const own = await from(path, machine, 'https://app.example');
      expect(own.status).toBe(200);
      expect(own.headers.get('access-control-allow-origin')).toBe('https://app.example');
      const other = await from(path, machine, 'https://evil.example');
      expect(outcome(other)).toEqual({ status: 400, error: 'invalid_request' });
      expect(other.headers.get('access-control-allow-origin')).toBe('*');
      expect(other.headers.get('access-control-allow-credentials')).toBeNull();
      expect(own.headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  test('a preflight, which names no client, is told what may be sent', async () => {
    const answer = await fetch(`${origin}/oauth/token`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
  });
});
