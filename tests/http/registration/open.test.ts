import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { registrations } from '#db/schema/registration';
import { findPublicClient, standingOf } from '#lib/public-info/index';
import { removeUnusedRegistrations } from '#lib/registrations/index';
import { anOwner } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aBody, asSent, pathOf, type Registered, refusalOf } from '#support/registration';

process.env.CLIENTELE_REGISTRATION = 'open';

const register = (body: object = {}) => ask('POST', '/oauth/register', { body: { ...aBody, ...body } });
const registered = async (body: object = {}) => {
  const answer = await register(body);
  expect(answer.status, await answer.clone().text()).toBe(201);
  return (await answer.json()) as Registered;
};

describe('where registration is open', () => {
  test('anyone registers a client; it belongs to the shared organization, and people read that it registered itself (P3)', async () => {
    const [one, other] = [await registered(), await registered()];
    const rows = await Promise.all(
      [one, other].map(
        async ({ client_id }) => (await db.select().from(clients).where(eq(clients.clientId, client_id)))[0],
      ),
    );
    expect(rows[0]).toMatchObject({ createdBy: null, provenance: 'registration', reviewState: 'none' });
    expect(rows[1]?.organizationId).toBe(rows[0]?.organizationId);
    const shown = await findPublicClient(db, one.client_id);
    expect(shown).toMatchObject({ publisher: 'Self-registered apps', selfRegistered: true });
    expect(shown && standingOf(shown)).toBe('self_registered');
    const [event] = await db.select().from(auditEvents).where(eq(auditEvents.targetId, one.client_id));
    expect(event).toMatchObject({ action: 'client.create', actorKind: 'anonymous', channel: 'registration' });
  });

  test('many at once share one organization', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => registered()));
    expect(new Set(made.map(({ client_id }) => client_id)).size).toBe(6);
  });

  test('it gets identity scopes and normal read scopes only', async () => {
    const made = await registered({ scope: 'openid offline_access files:read files:write admin' });
    expect(made).toMatchObject({ scope: 'openid offline_access files:read', dropped_scopes: ['files:write', 'admin'] });
    const answer = await ask('PUT', pathOf(made), {
      token: made.registration_access_token,
      body: { ...asSent(made), scope: 'openid files:write' },
    });
    expect(await answer.json()).toMatchObject({ scope: 'openid', dropped_scopes: ['files:write'] });
  });

  test('it gets no client_credentials', async () => {
    const machine = { grant_types: ['client_credentials'], redirect_uris: undefined };
    const refused = await register(machine);
    expect([refused.status, (await refusalOf(refused)).error]).toEqual([400, 'invalid_client_metadata']);
    const made = await registered();
    const answer = await ask('PUT', pathOf(made), {
      token: made.registration_access_token,
      body: { ...asSent(made), grant_types: ['authorization_code', 'client_credentials'] },
    });
    expect(await answer.json()).toMatchObject({
      grant_types: ['authorization_code'],
      warnings: [{ field: 'grant_types', rule: 'P3', message: expect.stringMatching(/client_credentials/) }],
    });
  });

  test('a token that is none is refused all the same; one that is good puts the client in its organization', async () => {
    for (const authorization of ['Bearer nobody', 'Bearer', 'Basic dTpw', 'Bearer a b']) {
      const answer = await ask('POST', '/oauth/register', { headers: { authorization }, body: aBody });
      expect([answer.status, (await refusalOf(answer)).error]).toEqual([401, 'invalid_token']);
    }
    const { owner, organizationId } = await anOwner(db);
    const token = await aToken(db, owner, organizationId, { scopes: ['clients:write'] });
    const answer = await ask('POST', '/oauth/register', { token, body: { ...aBody, scope: 'files:write' } });
    const made = (await answer.json()) as Registered;
    expect(made.scope).toBe('files:write');
    expect(await findPublicClient(db, made.client_id)).toMatchObject({ selfRegistered: false });
  });
});

describe('clients that are unused for thirty days', () => {
  const day = 24 * 3600 * 1000;
  let stale: Registered;
  const old = new Date(Date.now() - 31 * day);
  const age = async (app: Registered, values: Partial<typeof clients.$inferInsert> = {}) => {
    await db
      .update(clients)
      .set({ createdAt: old, ...values })
      .where(eq(clients.clientId, app.client_id));
    await db.update(registrations).set({ createdAt: old }).where(eq(registrations.clientId, app.client_id));
  };
  beforeAll(async () => {
    stale = await registered();
    await age(stale);
  });

  test('are deleted, with an entry in the history; used, new, suspended and owned ones stay', async () => {
    const [used, fresh, suspended, owned] = await Promise.all([registered(), registered(), registered(), registered()]);
    await age(used, { lastUsedAt: new Date() });
    await age(suspended, { status: 'suspended' });
    await age(owned);
    await db.update(registrations).set({ open: false }).where(eq(registrations.clientId, owned.client_id));
    expect(await removeUnusedRegistrations(db, new Date())).toBe(1);
    for (const [app, count] of [
      [stale, 0],
      [used, 1],
      [fresh, 1],
      [suspended, 1],
      [owned, 1],
    ] as const)
      expect(await db.$count(clients, eq(clients.clientId, app.client_id))).toBe(count);
    const events = await db.select().from(auditEvents).where(eq(auditEvents.targetId, stale.client_id));
    expect(events.at(-1)).toMatchObject({ action: 'client.delete', actorKind: 'system' });
    expect((await ask('GET', pathOf(stale), { token: stale.registration_access_token })).status).toBe(401);
  });
});
