import { beforeAll, expect, test } from 'vitest';
import { getOwnGrant } from '#lib/grants/index';
import { anOrganization, anOwner, aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { aClientId, infoKeys } from '#support/docspace';
import { aGrantRow, aTokenRow } from '#support/grants';

type Consents = {
  data: { registered_client_id: string; scopes: string; modified_at: string; client: Record<string, unknown> }[];
  limit: number;
  last_modified_on: string | null;
};

let publisher: Awaited<ReturnType<typeof anOwner>>;
beforeAll(async () => {
  publisher = await anOwner(db);
});

/** A guest of a portal who allowed three apps of another organization something, at different times. */
async function aGuest() {
  const { id: organizationId } = await anOrganization(db);
  const guest = await aPerson(db, { roles: { [organizationId]: 'viewer' } });
  const { userId } = guest.actor;
  const given = [];
  for (let day = 1; day <= 3; day++) {
    const clientId = await aClientRow(db, { organizationId: publisher.organizationId, name: `App ${day}` });
    const updatedAt = new Date(Date.UTC(2026, 0, day));
    const grantId = await aGrantRow(db, { userId, clientId, organizationId, updatedAt });
    await aTokenRow(db, { grantId, clientId, userId });
    given.push({ clientId, grantId });
  }
  const token = await aToken(db, guest, organizationId, { scopes: ['grants:read', 'grants:write'] });
  return { guest, token, given };
}

const list = async (token: string, query: string, prefix = '/api/2.0') => {
  const answer = await ask('GET', `${prefix}/clients/consents?${query}`, { token });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Consents;
};

test.each(['/api/2.0', '/api/2.0/oauth2'])('%s: a guest reads what they allowed, latest first', async (prefix) => {
  const { token, given } = await aGuest();
  const { data, limit, last_modified_on } = await list(token, 'limit=50', prefix);
  expect([limit, last_modified_on]).toEqual([50, null]);
  expect(data.map((one) => one.registered_client_id)).toEqual(given.map(({ clientId }) => clientId).reverse());
  expect(data[0]).toMatchObject({ scopes: 'openid email files:read', modified_at: '2026-01-03T00:00:00.000Z' });
  expect(Object.keys(data[0]?.client ?? {}).sort()).toEqual(infoKeys);
  expect(data[0]?.client).toMatchObject({ name: 'App 3', created_by: null, modified_by: null });
});

test('pages go on where the last one ended', async () => {
  const { token, given } = await aGuest();
  const first = await list(token, 'limit=2');
  expect(first.last_modified_on).toBe('2026-01-02T00:00:00.000Z');
  const rest = await list(token, `limit=2&last_modified_on=${first.last_modified_on}`);
  expect(rest.data.map((one) => one.registered_client_id)).toEqual([given[0]?.clientId]);
  expect(rest.last_modified_on).toBeNull();
});

test('the caller’s consent is revoked with its tokens; others are not, and the answer is the same if there was none', async () => {
  const [{ token, guest, given }, other] = [await aGuest(), await aGuest()];
  const [own, theirs] = [given[0], other.given[0]];
  const answers = [];
  for (const id of [own?.clientId, own?.clientId, theirs?.clientId, aClientId]) {
    const answer = await ask('DELETE', `/api/2.0/clients/${id}/revoke`, { token });
    answers.push([answer.status, await answer.text()]);
  }
  expect(answers).toEqual(Array(4).fill([200, '']));
  await expect(getOwnGrant(guest, own?.grantId ?? '')).rejects.toMatchObject({ code: 'not_found' });
  expect(await getOwnGrant(other.guest, theirs?.grantId ?? '')).toMatchObject({ liveTokens: 1 });
  expect((await list(token, 'limit=50')).data).toHaveLength(2);
});
