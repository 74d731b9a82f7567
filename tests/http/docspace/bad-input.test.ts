import { beforeAll, describe, expect, test } from 'vitest';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aBody, aClientId, anOrganizationWithApps, type Item, problemOf } from '#support/docspace';

let mine: Awaited<ReturnType<typeof anOrganizationWithApps>>;
let theirs: Awaited<ReturnType<typeof anOrganizationWithApps>>;
let app: Item;
let foreign: Item;
let reader: string;
let expired: string;
beforeAll(async () => {
  mine = await anOrganizationWithApps();
  theirs = await anOrganizationWithApps();
  app = await mine.make('Docs bot');
  foreign = await theirs.make('Foreign bot');
  reader = await aToken(db, mine.owner, mine.organizationId, { scopes: ['clients:read'] });
  expired = await aToken(db, mine.owner, mine.organizationId, { expiresAt: new Date(Date.now() - 1000) });
});

/** Every route with its `{id}` filled in, and a body that it accepts. */
const routes = (id: string): [method: string, path: string, body?: unknown][] => [
  ['GET', '/api/2.0/scopes'],
  ['GET', '/api/2.0/clients'],
  ['POST', '/api/2.0/clients', aBody],
  ['DELETE', '/api/2.0/clients'],
  ['DELETE', '/api/2.0/clients/tenant'],
  ['GET', '/api/2.0/clients/info?limit=1'],
  ['GET', '/api/2.0/clients/consents?limit=1'],
  ['DELETE', `/api/2.0/clients/${id}/revoke`],
  ['GET', `/api/2.0/clients/${id}/info`],
  ['GET', `/api/2.0/clients/${id}`],
  ['PUT', `/api/2.0/clients/${id}`, aBody],
  ['DELETE', `/api/2.0/clients/${id}`],
  ['PATCH', `/api/2.0/clients/${id}/regenerate`],
  ['PATCH', `/api/2.0/clients/${id}/activation`, { status: false }],
];

let caller = 0;
/** From a network of its own, so that no budget is spent by the row before. */
const alone = () => ({ from: `bad-${++caller}` });

describe.each(routes(aClientId))('%s %s', (method, path, body) => {
  test.each<[string, string | undefined]>([
    ['no credential', undefined],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['an empty token', 'Bearer '],
    ['a token of nobody', `Bearer clt_pat_${'0'.repeat(49)}`],
    ['a malformed header', 'Bearer a b c'],
    ['bytes that are no text', 'Bearer \u00ff\u00fe\u0001'.replace('\u0001', '')],
    ['two tokens', 'Bearer x, Bearer y'],
    ['a very long token', `Bearer ${'x'.repeat(8000)}`],
  ])('with %s is a 401 problem that says how', async (_what, authorization) => {
    const headers = authorization === undefined ? undefined : { authorization };
    const answer = await ask(method, path, { body, headers, ...alone() });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await problemOf(answer)).errors).toBeUndefined();
  });

  test('with an expired token is 401', async () => {
    expect((await ask(method, path, { body, token: expired, ...alone() })).status).toBe(401);
  });
});

describe('a token without the scope', () => {
  test.each(routes(aClientId).filter(([method]) => method !== 'GET'))(
    'clients:read cannot %s %s: 403',
    async (method, path, body) => {
      const answer = await ask(method, path, { body, token: reader, ...alone() });
      expect(answer.status).toBe(403);
      await problemOf(answer);
    },
  );

  test.each(routes(aClientId).filter(([method, path]) => method === 'GET' && !/scopes|consents/.test(path)))(
    'without clients:read or clients:write it cannot %s %s: 403',
    async (method, path) => {
      const token = await aToken(db, mine.owner, mine.organizationId, { scopes: ['grants:read', 'read', 'write'] });
      expect((await ask(method, path, { token, ...alone() })).status).toBe(403);
    },
  );
});

test('a token without grants:read sees no consents: 403', async () => {
  const answer = await ask('GET', '/api/2.0/clients/consents?limit=1', { token: mine.token, ...alone() });
  expect(answer.status).toBe(403);
  await problemOf(answer);
});

describe('an id that is not the caller’s to see', () => {
  test.each(routes('{id}').filter(([, path]) => path.includes('{id}') && !path.endsWith('/revoke')))(
    '%s %s: 404, alike for all',
    async (method, path, body) => {
      const answers = await Promise.all(
        [aClientId, foreign.client_id, 'nonsense', "1'--", '..%2f..', `${app.client_id}0`].map(async (id) => {
          const answer = await ask(method, path.replace('{id}', id), { body, token: mine.token, ...alone() });
          const { instance: _, ...problem } = await problemOf(answer);
          return problem;
        }),
      );
      for (const problem of answers) expect(problem).toEqual(answers[0]);
      expect(answers[0]).toMatchObject({ status: 404, title: 'Not Found' });
    },
  );
});

describe('consents', () => {
  test.each<[string, string, string]>([
    ['', 'limit', 'EmptyFieldError'],
    ['limit=0', 'limit', 'ErrorPattern'],
    ['limit=51', 'limit', 'ErrorPattern'],
    ['limit=x', 'limit', 'ErrorPattern'],
    ['limit=1&limit=2', 'limit', 'ErrorPattern'],
    ['limit=1&last_modified_on=yesterday', 'last_modified_on', 'ErrorPattern'],
    ['limit=1&last_modified_on=2026-02-30T99:00:00Z', 'last_modified_on', 'ErrorPattern'],
    ['limit=1&last_modified_on=0000-01-01T00:00:00Z', 'last_modified_on', 'ErrorPattern'],
  ])('?%s is 400 on %s', async (query, field, code) => {
    const token = await aToken(db, mine.owner, mine.organizationId, { scopes: ['grants:read'] });
    const answer = await ask('GET', `/api/2.0/clients/consents?${query}`, { token, ...alone() });
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors).toMatchObject([{ field, code }]);
  });

  test.each(['nonsense', "1'--", '..%2f..', `${aClientId}0`])('of %s cannot be revoked: 400', async (id) => {
    const token = await aToken(db, mine.owner, mine.organizationId, { scopes: ['grants:write'] });
    const answer = await ask('DELETE', `/api/2.0/clients/${id}/revoke`, { token, ...alone() });
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors).toMatchObject([{ field: 'client_id', code: 'ErrorPattern' }]);
  });
});

describe('a moment that no database keeps', () => {
  test.each(['0000-06-01T00:00:00Z', '0001-01-01T00:00:00%2B14:00', '9999-12-31T23:59:59-14:00'])(
    '%s is 400',
    async (moment) => {
      const answer = await ask('GET', `/api/2.0/clients?last_created_on=${moment}`, { token: mine.token, ...alone() });
      expect(answer.status).toBe(400);
      expect((await problemOf(answer)).errors).toMatchObject([{ field: 'last_created_on', code: 'ErrorPattern' }]);
    },
  );
});

describe('a path', () => {
  test.each<[string, string, string]>([
    ['PUT', '/api/2.0/clients', 'GET, HEAD, POST, DELETE, OPTIONS'],
    ['POST', '/api/2.0/clients/info', 'GET, HEAD, OPTIONS'],
    ['POST', `/api/2.0/clients/${aClientId}`, 'GET, HEAD, PUT, DELETE, OPTIONS'],
    ['GET', '/api/2.0/clients/tenant', 'DELETE, OPTIONS'],
    ['POST', `/api/2.0/oauth2/clients/${aClientId}/regenerate`, 'PATCH, OPTIONS'],
    ['DELETE', `/api/2.0/clients/public/${aClientId}/info`, 'GET, HEAD, OPTIONS'],
  ])('refuses %s %s with 405 and says what it allows', async (method, path, allow) => {
    const answer = await ask(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    await problemOf(answer);
    const options = await ask('OPTIONS', path);
    expect([options.status, options.headers.get('allow')]).toEqual([204, allow]);
  });

  test.each(['/api/2.0/nothing', '/api/2.0/', '/api/2.0', '/api/2.0/clients/a/b/c/d', '/api/2.0//clients'])(
    'that does not exist under this API is 404 in its shape: %s',
    async (path) => {
      const answer = await ask('GET', path, mine);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ type: expect.stringContaining('onlyoffice'), status: 404 });
    },
  );
});
