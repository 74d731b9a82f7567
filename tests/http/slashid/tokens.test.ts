import { beforeEach, describe, expect, test } from 'vitest';
import { createClient, updateClient } from '#lib/clients/index';
import { findOwnGrantTo } from '#lib/grants/index';
import { anOrganization, anOwner, aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { type Agent, aPersonsAgent, aWebApp, refresh, tokensOf, userinfo } from '#support/authorizing';
import { db } from '#support/database';
import '#support/listening';
import { aMachine, basic, introspect, post } from '#support/oauth';
import { anId, anOrg, call, machine, messagesOf, site } from '#support/slashid';

const revokeAll = (client: { clientId: string; secret: string }, form: Record<string, string>) =>
  post('/oauth2/tokens/revoke-all', form, { authorization: basic(client) });

describe('POST /oauth2/tokens/revoke-all', () => {
  test('ends every token of one person at the client that asks, and no other', async () => {
    const [app, other] = [await aWebApp(), await aWebApp()];
    const [mine, theirs] = [await aPersonsAgent(), await aPersonsAgent()];
    const tokens = async (agent: Agent, client: typeof app) => ({ client, ...(await tokensOf(agent, client)) });
    const ended = [await tokens(mine, app), await tokens(mine, app)];
    const kept = [await tokens(theirs, app), await tokens(mine, other)];
    const { status, body } = await revokeAll(app, { person_id: mine.person.actor.userId });
    expect([status, body]).toEqual([200, undefined]);
    for (const { client, access_token, refresh_token = '' } of ended) {
      expect(await introspect(client, access_token)).toEqual({ active: false });
      expect((await refresh(client, refresh_token)).status).toBe(400);
    }
    for (const { client, access_token } of kept)
      expect(await introspect(client, access_token)).toMatchObject({ active: true });
    // What the person allowed stays: the client asks for new tokens without asking them again.
    expect(await findOwnGrantTo(mine.person, app.clientId)).toBeDefined();
  });

  test('with until it spares what was given later', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const person_id = agent.person.actor.userId;
    const { access_token } = await tokensOf(agent, app);
    const live = async () => (await introspect(app, access_token)).active;
    expect((await revokeAll(app, { person_id, until: '2026-01-01T00:00:00Z' })).status).toBe(200);
    expect(await live()).toBe(true);
    expect((await revokeAll(app, { person_id, until: new Date(Date.now() + 60_000).toISOString() })).status).toBe(200);
    expect(await live()).toBe(false);
  });

  test('knows a person by the name that the client knows them by', async () => {
    const app = await aWebApp({ subjectType: 'pairwise' });
    const agent = await aPersonsAgent();
    const { access_token } = await tokensOf(agent, app);
    const { body } = await userinfo(access_token);
    const userId = agent.person.actor.userId;
    expect(body.sub).not.toBe(userId);
    expect((await revokeAll(app, { person_id: userId })).status).toBe(200);
    expect(await introspect(app, access_token)).toMatchObject({ active: true });
    expect((await revokeAll(app, { person_id: body.sub })).status).toBe(200);
    expect(await introspect(app, access_token)).toEqual({ active: false });
  });

  test('takes the client’s secret in the form too, and tells nobody whether a person is known', async () => {
    const app = await aMachine();
    for (const person_id of ['usr_nobody', 'x'.repeat(5000), "1'--", app.clientId])
      expect((await revokeAll(app, { person_id })).status).toBe(200);
    const form = { person_id: 'usr_nobody', client_id: app.clientId, client_secret: app.secret };
    expect((await post('/oauth2/tokens/revoke-all', form)).status).toBe(200);
  });

  test.each<[string, Record<string, string>, number, RegExp]>([
    ['without a person', {}, 400, /^person_id: /],
    ['until no time', { person_id: 'usr_x', until: 'yesterday' }, 400, /^until: /],
    ['until the year 0', { person_id: 'usr_x', until: '0000-01-01T00:00:00Z' }, 400, /^until: /],
    ['until a day that is none', { person_id: 'usr_x', until: '2026-13-45T00:00:00Z' }, 400, /^until: /],
  ])('%s is refused in this API’s words', async (_, form, status, text) => {
    const app = await aMachine();
    const headers = { authorization: basic(app), 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await ask('POST', '/oauth2/tokens/revoke-all', {
      headers,
      body: new URLSearchParams(form).toString(),
    });
    expect(answer.status).toBe(status);
    expect((await messagesOf(answer))[0]).toMatch(text);
  });

  test('a client that does not authenticate ends nothing', async () => {
    const app = await aWebApp({ tokenEndpointAuthMethod: 'none' });
    const agent = await aPersonsAgent();
    const person_id = agent.person.actor.userId;
    const { access_token } = await tokensOf(agent, app);
    const wrong = await aMachine();
    const tries: [Record<string, string>, Record<string, string>][] = [
      [{ person_id }, {}],
      [{ person_id, client_id: app.clientId }, {}],
      [{ person_id, client_id: app.clientId, client_secret: 'x' }, {}],
      [{ person_id }, { authorization: `Basic ${btoa(`${app.clientId}:`)}` }],
      [{ person_id }, { authorization: basic({ ...wrong, secret: `${wrong.secret}x` }) }],
      [{ person_id }, { authorization: 'Bearer x' }],
    ];
    for (const [form, headers] of tries) {
      const body = new URLSearchParams(form).toString();
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await ask('POST', '/oauth2/tokens/revoke-all', { body, headers: { ...type, ...headers } });
      expect(answer.status).toBe(401);
      await messagesOf(answer);
    }
    expect((await userinfo(access_token)).status).toBe(200);
  });
});

describe('POST /oauth2/tokens/mint', () => {
  let mine: Awaited<ReturnType<typeof anOrg>>;
  let key: string;
  const mint = (body: object, by = key) => call('POST', '/oauth2/tokens/mint', { org: mine.org, key: by, body });
  const minted = async (body: object) => {
    const answer = await mint(body);
    expect(answer.status, await answer.clone().text()).toBe(200);
    const { result, ...rest } = (await answer.json()) as { result: Record<string, string> };
    expect(rest).toEqual({});
    return result;
  };
  beforeEach(async () => {
    mine = await anOrg();
    key = await aToken(db, mine.owner, mine.org, { scopes: ['clients:write', 'grants:write'] });
  });

  test('answers a machine client of the caller a token of its own', async () => {
    const { client_id, client_secret } = await mine.make({ ...machine, scopes: ['read', 'admin'] });
    for (const person_id of [client_id, mine.owner.actor.userId]) {
      const { access_token = '', ...more } = await minted({ person_id, client_id, scopes: ['admin'] });
      expect(more).toEqual({});
      const told = await introspect({ clientId: client_id, secret: client_secret }, access_token);
      expect(told).toMatchObject({ active: true, client_id, scope: 'admin' });
    }
    const { access_token = '' } = await minted({ person_id: client_id, client_id });
    const told = await introspect({ clientId: client_id, secret: client_secret }, access_token);
    expect(told.scope.split(' ').toSorted()).toEqual(['admin', 'read']);
  });

  test('answers the caller tokens for themselves: what they allow so stands among what they allowed', async () => {
    const { client_id } = await mine.make({ ...site, scopes: ['openid', 'profile', 'offline_access', 'read'] });
    const person_id = mine.owner.actor.userId;
    const scopes = ['openid', 'profile', 'offline_access'];
    const result = await minted({ person_id, client_id, scopes, custom_claims: {} });
    expect(result).toEqual({
      access_token: expect.stringMatching(/^clt_at_/),
      refresh_token: expect.stringMatching(/^clt_rt_/),
      id_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    });
    expect((await userinfo(result.access_token ?? '')).body).toMatchObject({ sub: person_id });
    expect((await findOwnGrantTo(mine.owner, client_id))?.scopes.toSorted()).toEqual(scopes.toSorted());
  });

  test('answers for nobody else: another member, a stranger and an unknown person are refused alike, and nothing is stored', async () => {
    const { client_id } = await mine.make(site);
    const member = await aPerson(db, { roles: { [mine.org]: 'developer' } });
    const said = [];
    for (const person of [member.actor.userId, (await anOwner(db)).owner.actor.userId, 'usr_nobody', '', anId]) {
      const answer = await mint({ person_id: person, client_id });
      said.push([answer.status, await messagesOf(answer)]);
    }
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(said[0]).toEqual([400, [expect.stringMatching(/^person_id: /)]]);
    expect(await findOwnGrantTo(member, client_id)).toBeUndefined();
  });

  test('a client that the caller does not see is like one that never was; one that they may not edit is 403', async () => {
    const { client_id } = await mine.make(machine);
    const theirs = await (await anOrg()).make(machine);
    for (const other of [theirs.client_id, anId, 'nonsense']) {
      const answer = await mint({ person_id: other, client_id: other });
      expect([answer.status, await messagesOf(answer)]).toEqual([404, ['Client not found']]);
    }
    const developer = await aPerson(db, { roles: { [mine.org]: 'developer' } });
    const by = await aToken(db, developer, mine.org, { scopes: ['clients:write', 'grants:write'] });
    expect((await mint({ person_id: client_id, client_id }, by)).status).toBe(403);
  });

  test('needs clients:write, for oneself grants:write too, and for what the registry would honour that very scope', async () => {
    const { client } = await createClient(mine.owner, {
      organizationId: mine.org,
      metadata: {
        name: 'Robot',
        grantTypes: ['client_credentials'],
        applicationType: 'machine',
        scopes: ['clients:read', 'clients:secrets'],
      },
    });
    const person_id = mine.owner.actor.userId;
    const { client_id } = await mine.make(site);
    const by = (
      ...scopes: Parameters<typeof aToken>[3] extends { scopes?: infer S } | undefined ? NonNullable<S> : never
    ) => aToken(db, mine.owner, mine.org, { scopes });
    const own = { person_id, client_id };
    const robots = { person_id: client.clientId, client_id: client.clientId };
    expect((await mint(own, await by('clients:read', 'grants:write'))).status).toBe(403);
    expect((await mint(own, await by('clients:write'))).status).toBe(403);
    const reader = await mine.make({ ...site, scopes: ['read'] });
    const readers = { person_id, client_id: reader.client_id };
    expect((await mint(readers, await by('clients:write', 'grants:write'))).status).toBe(403);
    expect(await findOwnGrantTo(mine.owner, reader.client_id)).toBeUndefined();
    expect((await mint(readers, await by('clients:write', 'grants:write', 'read'))).status).toBe(200);
    expect(await findOwnGrantTo(mine.owner, client_id)).toBeUndefined();
    expect((await mint(robots, await by('clients:write', 'clients:read'))).status).toBe(403);
    expect(
      (await mint({ ...robots, scopes: ['clients:read'] }, await by('clients:write', 'clients:read'))).status,
    ).toBe(200);
  });

  test.each<[string, object, RegExp]>([
    ['without a client', { client_id: undefined }, /^client_id: /],
    ['without a person', { person_id: undefined }, /^person_id: /],
    ['with a scope that is not registered', { scopes: ['email'] }, /^scopes: .*email/],
    ['with scopes in a text', { scopes: 'openid' }, /^scopes: /],
    ['with no scope at all', { scopes: [] }, /^client_id: .*nothing/],
    ['with claims of its own', { custom_claims: { foo: 'bar' } }, /^custom_claims: .*opaque/],
    ['with claims in a text', { custom_claims: 'foo' }, /^custom_claims: /],
  ])('%s is 400, names the member, and keeps nothing', async (_, change, text) => {
    const { client_id } = await mine.make(site);
    const answer = await mint({ person_id: mine.owner.actor.userId, client_id, ...change });
    expect(answer.status).toBe(400);
    expect((await messagesOf(answer))[0]).toMatch(text);
    expect(await findOwnGrantTo(mine.owner, client_id)).toBeUndefined();
  });

  test.each<[string, object]>([
    ['whose tokens are bound to a key', { dpopBoundAccessTokens: true }],
    ['that acts for people only, for itself', {}],
  ])('a client %s is 400', async (_, change) => {
    const { client_id } = await mine.make(site);
    await updateClient({ ...mine.owner, channel: 'native' }, client_id, change);
    const person_id = 'dpopBoundAccessTokens' in change ? mine.owner.actor.userId : client_id;
    const answer = await mint({ person_id, client_id });
    expect(answer.status).toBe(400);
    expect((await messagesOf(answer))[0]).toMatch(/^client_id: /);
    expect(await findOwnGrantTo(mine.owner, client_id)).toBeUndefined();
  });

  test('without a key is 401, without the header of the organization 400, of a foreign one 403', async () => {
    const { id } = await anOrganization(db);
    const tries: [object, number][] = [
      [{ org: mine.org }, 401],
      [{ key }, 400],
      [{ key, org: id }, 403],
    ];
    for (const [headers, status] of tries) {
      const answer = await call('POST', '/oauth2/tokens/mint', { ...headers, body: {} });
      expect(answer.status).toBe(status);
      await messagesOf(answer);
    }
  });
});

test.each(['/oauth2/tokens/mint', '/oauth2/tokens/revoke-all'])('%s takes POST only, and says so', async (path) => {
  const { org, key } = await anOrg();
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await call(method, path, { org, key });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    await messagesOf(answer);
  }
  expect((await call('POST', path, { org, key, body: '', headers: { 'content-type': 'text/plain' } })).status).toBe(
    415,
  );
});
