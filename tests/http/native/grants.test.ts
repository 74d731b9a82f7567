import { beforeAll, expect, test } from 'vitest';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { aGrantRow, aTokenRow } from '#support/grants';
import { aTenant, type Json, json, problemOf } from '#support/native';

let mine: Awaited<ReturnType<typeof aTenant>>;
let theirs: Awaited<ReturnType<typeof aTenant>>;
beforeAll(async () => {
  [mine, theirs] = [await aTenant(), await aTenant()];
});

/** The owner of `mine` allowed an app of `theirs` something. */
async function aGrant() {
  const { userId } = mine.owner.actor;
  const clientId = await aClientRow(db, { organizationId: theirs.organizationId, name: 'Reader' });
  const grantId = await aGrantRow(db, { userId, clientId, organizationId: mine.organizationId });
  await aTokenRow(db, { grantId, clientId, userId });
  return { clientId, grantId };
}

test('what the person allowed is read, narrowed and revoked', async () => {
  const { clientId, grantId } = await aGrant();
  const at = `/grants/${grantId}`;
  expect(await json(await mine.call('GET', at))).toEqual({
    grant_id: grantId,
    client_id: clientId,
    client_name: 'Reader',
    organization_id: mine.organizationId,
    scope: 'openid email files:read',
    declined_scope: '',
    live_tokens: 1,
    created_at: expect.any(String),
    updated_at: expect.any(String),
    last_used_at: null,
  });
  const same = await json(await mine.call('PATCH', at, { body: {} }));
  expect(same).toMatchObject({ scope: 'openid email files:read', live_tokens: 1 });
  const less = await json(await mine.call('PATCH', at, { body: { scope: 'email openid' } }));
  expect(less).toMatchObject({ scope: 'openid email', live_tokens: 0 });
  for (const scope of ['openid email read', 'email', ''])
    expect((await problemOf(await mine.call('PATCH', at, { body: { scope } }), 422)).errors).toMatchObject([
      { pointer: '#/scope' },
    ]);
  expect(await json(await mine.call('DELETE', at))).toEqual({ ended_tokens: 0 });
  await problemOf(await mine.call('DELETE', at), 404);
  await problemOf(await mine.call('GET', at), 404);
});

test('they are paged; another person’s cursor is invalid', async () => {
  const made = [await aGrant(), await aGrant(), await aGrant()].map(({ grantId }) => grantId);
  const seen: unknown[] = [];
  let cursor: unknown = '';
  for (let pages = 0; cursor !== null && pages < 9; pages++) {
    const page: { items: Json[]; next_cursor: unknown } = await json(
      await mine.call('GET', `/grants?limit=2${cursor ? `&cursor=${cursor}` : ''}`),
    );
    seen.push(...page.items.map(({ grant_id }) => grant_id));
    if (page.next_cursor) await problemOf(await theirs.call('GET', `/grants?cursor=${page.next_cursor}`), 400);
    cursor = page.next_cursor;
  }
  expect(seen.toSorted()).toEqual(made.toSorted());
});

test('the app’s owners see only that somebody revoked it', async () => {
  const { clientId, grantId } = await aGrant();
  expect(await json(await theirs.call('GET', '/grants'))).toMatchObject({ items: [] });
  await problemOf(await theirs.call('GET', `/grants/${grantId}`), 404);
  await mine.call('DELETE', `/grants/${grantId}`);
  const history = await (await theirs.call('GET', `/clients/${clientId}/history`)).text();
  expect(JSON.parse(history).items).toMatchObject([
    { action: 'grant.revoke', actor_kind: 'anonymous', actor_name: null, after: { ended_tokens: 1 } },
  ]);
  for (const secret of [mine.owner.actor.userId, mine.organizationId, grantId]) expect(history).not.toContain(secret);
});
