import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { getOwnedClient } from '#lib/clients/index';
import { aPerson } from '#support/actors';
import { aToken } from '#support/api';
import { db } from '#support/database';
import { anOrg, call, type Item, machine, messagesOf, site } from '#support/slashid';

let mine: Awaited<ReturnType<typeof anOrg>>;
beforeEach(async () => {
  mine = await anOrg();
});
const at = ({ client_id }: Item) => `/oauth2/clients/${client_id}`;
const stored = ({ client_id }: Item) => getOwnedClient(mine.owner, client_id);

describe('POST', () => {
  test('answers 201 with the client and its secret', async () => {
    const made = await mine.make(machine);
    expect(made.client_secret).toMatch(/^clt_cs_[A-Za-z0-9]{49}$/);
    expect(await stored(made)).toMatchObject({
      applicationType: 'machine',
      provenance: 'slashid',
      scopes: ['write', 'read'],
    });
  });

  test('takes durations, redirect URIs and public; a public client gets no secret and always uses PKCE', async () => {
    const made = await mine.make({ ...site, access_token_duration: 60, refresh_token_duration: 3600, public: true });
    expect(made).toMatchObject({ access_token_duration: 60, refresh_token_duration: 3600, public: true });
    expect(made).not.toHaveProperty('client_secret');
    expect(await stored(made)).toMatchObject({ tokenEndpointAuthMethod: 'none', requirePkce: true });
  });

  test('a member that is null was left out, and unknown ones are ignored', async () => {
    const nothing = { access_token_duration: null, redirect_uris: null, public: null };
    const more = {
      client_id: 'mine',
      client_secret: 'weak',
      response_types: [['token']],
      org_id: 'x',
      constructor: {},
    };
    expect(await mine.make({ ...machine, ...nothing, ...more })).toMatchObject({
      access_token_duration: 86_400,
      public: false,
      response_types: [],
    });
  });
});

describe('PATCH', () => {
  const patch = async (to: Item, body: object) => {
    const answer = await call('PATCH', at(to), { ...mine, body });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return ((await answer.json()) as { result: Item }).result;
  };

  test('changes the members it names and no others, and answers without the secret', async () => {
    const { client_secret: _, ...made } = await mine.make(machine);
    expect(await patch(made, { client_name: 'Renamed' })).toEqual({ ...made, client_name: 'Renamed' });
    const changes = {
      scopes: ['admin'],
      grant_types: ['authorization_code', 'client_credentials'],
      redirect_uris: ['https://site.example/cb'],
      access_token_duration: 900,
      refresh_token_duration: 901,
    };
    const changed = {
      ...made,
      ...changes,
      client_name: 'Renamed',
      grant_types: [...changes.grant_types, 'refresh_token'],
      response_types: [['code']],
    };
    expect(await patch(made, changes)).toEqual(changed);
    expect(await patch(made, {})).toEqual(changed);
    expect(await patch(made, { client_name: null, scopes: null })).toEqual(changed);
    expect((await mine.list()).result).toEqual([changed]);
  });

  test('does not change public, response_types, the secret or the id', async () => {
    const { client_secret: _, ...made } = await mine.make(site);
    const more = { public: true, response_types: [], client_secret: 'weak', client_id: 'other', created_at: 'never' };
    expect(await patch(made, { ...more, client_name: 'Renamed' })).toEqual({ ...made, client_name: 'Renamed' });
  });

  test('a body as the answer of a read is taken back', async () => {
    const { client_secret: _, ...made } = await mine.make(site);
    expect(await patch(made, made)).toEqual(made);
  });
});

describe('DELETE', () => {
  test('answers 204 without a body, and the client is gone', async () => {
    const made = await mine.make(machine);
    const answer = await call('DELETE', at(made), mine);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect((await call('GET', at(made), mine)).status).toBe(404);
    expect((await call('DELETE', at(made), mine)).status).toBe(404);
    expect((await mine.list()).result).toEqual([]);
  });
});

test('every write is noted with its channel', async () => {
  const made = await mine.make(machine);
  await call('PATCH', at(made), { ...mine, body: { client_name: 'Renamed' } });
  await call('PUT', `${at(made)}/secret`, mine);
  await call('PUT', `${at(made)}/ui-configuration`, { ...mine, body: { pageTitle: 'Hello' } });
  await call('DELETE', at(made), mine);
  const events = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.targetId, made.client_id))
    .orderBy(auditEvents.id);
  expect(events.map(({ channel, action }) => `${channel} ${action}`)).toEqual([
    'slashid client.create',
    'slashid client.update',
    'slashid secret.rotate',
    'slashid client.change_appearance',
    'slashid client.delete',
  ]);
});

test('a developer changes and deletes what they created, a viewer nothing', async () => {
  const ofOwner = await mine.make(machine);
  const as = async (role: 'developer' | 'viewer') =>
    aToken(db, await aPerson(db, { roles: { [mine.org]: role } }), mine.org);
  const [developer, viewer] = [await as('developer'), await as('viewer')];
  const own = await mine.make(machine, developer);
  const statuses = async (key: string, to: Item) => {
    const found: number[] = [];
    for (const [method, path, body] of [
      ['PATCH', at(to), { client_name: 'Changed' }],
      ['PUT', `${at(to)}/secret`],
      ['PUT', `${at(to)}/ui-configuration`, {}],
      ['DELETE', at(to)],
    ] as const)
      found.push((await call(method, path, { key, org: mine.org, body })).status);
    return found;
  };
  expect(await statuses(viewer, own)).toEqual([403, 403, 403, 403]);
  expect(await statuses(developer, ofOwner)).toEqual([403, 403, 403, 403]);
  expect(await statuses(developer, own)).toEqual([200, 200, 201, 204]);
  const answer = await call('POST', '/oauth2/clients', { key: viewer, org: mine.org, body: machine });
  expect(answer.status).toBe(403);
  await messagesOf(answer);
});

describe('what a write asks about regions', () => {
  const level = 'slashid-required-consistency';
  const timeout = 'slashid-required-consistency-timeout';

  test.each<Record<string, string>>([
    { [level]: 'local_region' },
    { [level]: 'all_regions', [timeout]: '120' },
    { [timeout]: '1' },
  ])('is accepted: %j', async (headers) => {
    const made = await mine.make(machine);
    expect((await call('PATCH', at(made), { ...mine, headers, body: {} })).status).toBe(200);
    expect((await call('PUT', `${at(made)}/secret`, { ...mine, headers })).status).toBe(200);
    expect((await call('DELETE', at(made), { ...mine, headers })).status).toBe(204);
  });

  test.each<Record<string, string>>([
    { [level]: 'everywhere' },
    { [timeout]: '0' },
    { [timeout]: '121' },
    { [timeout]: 'soon' },
    { [timeout]: '1.5' },
  ])('is refused with 400: %j', async (headers) => {
    const made = await mine.make(machine);
    const answer = await call('DELETE', at(made), { ...mine, headers });
    expect(answer.status).toBe(400);
    expect((await messagesOf(answer))[0]).toMatch(/^SlashID-Required-Consistency(?:-Timeout)?: /);
    expect((await call('GET', at(made), { ...mine, headers })).status).toBe(200);
  });
});
