import { beforeAll, describe, expect, test } from 'vitest';
import { listRefusals, noteRefusal } from '#lib/refusals/index';
import { db } from '#support/database';
import { aTenant, type Json, json, noId, problemOf } from '#support/native';
import { post } from '#support/oauth';

type Page = { items: Json[]; next_cursor: string | null };

let mine: Awaited<ReturnType<typeof aTenant>>;
beforeAll(async () => {
  mine = await aTenant();
});

const pageOf = (clientId: string, query = '', token = mine.token) =>
  mine.call('GET', `/clients/${clientId}/refusals${query}`, { token });

test('a refused request is listed at once, with the reason, the place and what was sent', async () => {
  const { client_id } = await mine.make();
  const form = { grant_type: 'password', client_id, client_secret: 'n0t-f0r-anyb0dy' };
  expect((await post('/oauth/token', { ...form, client_secret: 'wrong' })).status).toBe(401);
  expect((await post('/oauth/token', `grant_type=a&grant_type=b&client_id=${client_id}`)).status).toBe(400);
  const page = await json<Page>(await pageOf(client_id));
  expect(page).toEqual({
    items: expect.arrayContaining([
      {
        reference: expect.stringMatching(/^[A-Z0-9]{5}-[A-Z0-9]{5}$/),
        endpoint: 'token',
        reason: 'parameter_twice',
        error: 'invalid_request',
        error_description: 'The form names grant_type twice.',
        sent: 'grant_type',
        redirect_uri: '',
        redirect_uri_had_query: false,
        is_rest: false,
        times: 1,
        first_at: expect.stringMatching(/Z$/),
        last_at: expect.stringMatching(/Z$/),
      },
      expect.objectContaining({ reason: 'secret_wrong', sent: '' }),
    ]),
    next_cursor: null,
  });
  expect(JSON.stringify(page)).not.toContain('n0t-f0r-anyb0dy');
});

describe('page by page', () => {
  test('every refusal comes once, the latest first, in the order of the page of the portal', async () => {
    const { client_id } = await mine.make();
    for (let n = 0; n < 25; n += 1)
      noteRefusal(db, {
        clientId: client_id,
        endpoint: 'authorize',
        reason: 'redirect_uri',
        error: 'invalid_redirect_uri',
        description: 'not registered',
        redirectUri: `https://app.example/${n}`,
      });
    const all: unknown[] = [];
    let query = '?limit=10';
    for (let pages = 0; pages < 5 && query; pages += 1) {
      const { items, next_cursor } = await json<Page>(await pageOf(client_id, query));
      all.push(...items.map(({ reference }) => reference));
      query = next_cursor === null ? '' : `?limit=10&cursor=${encodeURIComponent(next_cursor)}`;
    }
    const shown = await listRefusals(mine.owner, client_id);
    expect(shown).toHaveLength(25);
    expect(all).toEqual(shown.map(({ reference }) => reference));
  });

  test('a cursor of another list is refused', async () => {
    const [one, other] = [await mine.make(), await mine.make()];
    for (const redirectUri of ['https://a.example/', 'https://b.example/'])
      noteRefusal(db, {
        clientId: one.client_id,
        endpoint: 'authorize',
        reason: 'redirect_uri',
        error: 'invalid_redirect_uri',
        description: '',
        redirectUri,
      });
    const { next_cursor } = await json<Page>(await pageOf(one.client_id, '?limit=1'));
    const query = `?cursor=${encodeURIComponent(String(next_cursor))}`;
    expect((await json<Page>(await pageOf(one.client_id, query))).items).toHaveLength(1);
    await problemOf(await pageOf(other.client_id, query), 400);
    await problemOf(await pageOf(one.client_id, '?cursor=x'), 400);
    await problemOf(await pageOf(one.client_id, '?limit=101'), 400);
  });
});

describe('who reads it', () => {
  test('every member, through a token that reads clients; no other token', async () => {
    const { client_id } = await mine.make();
    for (const role of ['viewer', 'developer', 'admin'] as const) {
      const { token } = await mine.tokenOf(role, ['clients:read']);
      expect((await pageOf(client_id, '', token)).status).toBe(200);
    }
    const { token } = await mine.tokenOf('admin', ['audit:read', 'grants:read']);
    await problemOf(await pageOf(client_id, '', token), 403);
  });

  test('for everybody else the client is not there', async () => {
    const { client_id } = await mine.make();
    const theirs = await aTenant();
    const body = await problemOf(await pageOf(client_id, '', theirs.token), 404);
    expect(body.detail).toBe((await problemOf(await pageOf(noId), 404)).detail);
  });
});
