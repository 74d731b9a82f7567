import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { initialAccessTokens } from '#db/schema/registration';
import { createInitialAccessToken, revokeInitialAccessToken } from '#lib/registrations/index';
import { anOwner, aPerson, type Someone, throughToken } from '#support/actors';
import { ask } from '#support/api';
import { db } from '#support/database';
import { aBody, type Registered, refusalOf } from '#support/registration';

let owner: Someone;
let organizationId: string;
beforeAll(async () => {
  ({ owner, organizationId } = await anOwner(db));
});
const make = (input: object = {}) =>
  createInitialAccessToken(owner, { organizationId, expiresInSeconds: 3600, ...input });
const register = (token: string, body: object = aBody) => ask('POST', '/oauth/register', { token, body });

describe('an initial access token', () => {
  test('registers clients in its organization, without a creator', async () => {
    const { token, value } = await make();
    expect(value).toMatch(/^clt_iat_/);
    const answer = await register(value, {
      ...aBody,
      scope: 'files:write',
      grant_types: ['client_credentials'],
      redirect_uris: [],
    });
    expect(answer.status).toBe(201);
    const { client_id, scope } = (await answer.json()) as Registered;
    expect(scope).toBe('files:write');
    const [row] = await db.select().from(clients).where(eq(clients.clientId, client_id));
    expect(row).toMatchObject({ organizationId, createdBy: null });
    const [event] = await db.select().from(auditEvents).where(eq(auditEvents.targetId, client_id));
    expect(event).toMatchObject({ actorKind: 'token', actorId: null, tokenId: token.id });
  });

  test('does nothing else', async () => {
    const { value } = await make();
    for (const path of ['/v2/oauth_clients', '/api/2.0/clients'])
      expect((await ask('GET', path, { token: value })).status).toBe(401);
  });

  test('registers as many as it may and no more, also at the same moment; a refused one takes nothing', async () => {
    const { token, value } = await make({ uses: 3 });
    expect((await register(value, { ...aBody, redirect_uris: ['nowhere'] })).status).toBe(400);
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await register(value)).status));
    expect(statuses.sort()).toEqual([201, 201, 201, 401, 401, 401]);
    const [row] = await db.select().from(initialAccessTokens).where(eq(initialAccessTokens.id, token.id));
    expect(row?.usesLeft).toBe(0);
  });

  test('ends by its expiry, or by an administrator of the organization', async () => {
    const { value: over } = await make({ expiresInSeconds: -1 });
    const { token, value } = await make();
    await revokeInitialAccessToken(owner, token.id);
    for (const one of [over, value]) {
      const answer = await register(one);
      expect([answer.status, (await refusalOf(answer)).error]).toEqual([401, 'invalid_token']);
    }
  });

  test('is kept as a hash, and its making is in the history', async () => {
    const { token, value } = await make();
    const rows = await db.select().from(initialAccessTokens);
    const events = await db.select().from(auditEvents).where(eq(auditEvents.targetId, token.id));
    expect(events.map(({ action }) => action)).toEqual(['initial_access_token.create']);
    expect(JSON.stringify([rows, events])).not.toContain(value);
  });

  test('is made and ended by owners and admins only', async () => {
    const developer = await aPerson(db, { roles: { [organizationId]: 'developer' } });
    const stranger = await aPerson(db);
    const input = { organizationId, expiresInSeconds: 60 };
    await expect(createInitialAccessToken(developer, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createInitialAccessToken(stranger, input)).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      createInitialAccessToken(await throughToken(owner, organizationId, ['org:admin']), input),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const { token } = await make();
    for (const one of [developer, stranger])
      await expect(revokeInitialAccessToken(one, token.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(make({ uses: 0 })).rejects.toMatchObject({ code: 'invalid_metadata' });
  });
});
