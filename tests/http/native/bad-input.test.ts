import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { users } from '#db/schema/user';
import { operations } from '#lib/dialects/native/index';
import type { TokenScope } from '#lib/kernel/actor';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aGrantRow } from '#support/grants';
import { aBody, all, aTenant, json, type Made, noId, problemOf } from '#support/native';
import { bodies, pathOf } from '#support/native-operations';

let mine: Awaited<ReturnType<typeof aTenant>>;
let theirs: Awaited<ReturnType<typeof aTenant>>;
let app: Made;
let foreign: Made;
let expired: string;
let theirProduct: string;
let theirToken: string;
let theirGrant: string;
/** Of somebody who owns an organization and is an operator, with every scope. */
let fullToken: string;
beforeAll(async () => {
  [mine, theirs] = [await aTenant(), await aTenant()];
  [app, foreign] = [await mine.make(), await theirs.make()];
  await db.update(users).set({ isOperator: true }).where(eq(users.id, mine.owner.actor.userId));
  fullToken = await aToken(db, mine.owner, mine.organizationId, { scopes: [...all, 'platform:write'] });
  expired = await aToken(db, mine.owner, mine.organizationId, { scopes: all, expiresAt: new Date(Date.now() - 1000) });
  const product = await theirs.call('POST', `/organizations/${theirs.organizationId}/products`, {
    body: { name: 'P' },
  });
  theirProduct = String((await json(product, 201)).product_id);
  theirGrant = await aGrantRow(db, { userId: theirs.owner.actor.userId, clientId: app.client_id });
  theirToken = String((await json(await theirs.call('GET', '/me'))).token_id);
});

const everyOne = Object.entries(operations);
const closed = everyOne.filter(([, { access }]) => access !== 'anyone');
const withParameters = closed.filter(([, { path }]) => path.includes('{'));
const withBody = everyOne.filter(([, { body }]) => body);

const png = { 'content-type': 'image/png' };
/** What an operation is sent when only its path or its credential is wrong. */
const sent = (name: string) => ({
  ...(bodies[name] && { body: bodies[name] }),
  ...(operations[name]?.media === 'image' && { body: 'x', headers: png }),
});

describe.each(closed)('%s', (name, operation) => {
  const path = pathOf(operation, () => noId);

  test.each<[string, string | undefined]>([
    ['no credential', undefined],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['an empty token', 'Bearer '],
    ['a token of nobody', `Bearer clt_pat_${'0'.repeat(49)}`],
    ['a malformed header', 'Bearer a b c'],
    ['bytes that are no text', 'Bearer \u00ff\u00fe'],
    ['two tokens', 'Bearer x, Bearer y'],
    ['a very long token', `Bearer ${'x'.repeat(8000)}`],
  ])('with %s is a 401 problem that says how', async (_what, authorization) => {
    const answer = await ask(operation.method, path, {
      ...sent(name),
      headers: { ...(operation.media === 'image' && png), ...(authorization !== undefined && { authorization }) },
    });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await problemOf(answer, 401)).errors).toBeUndefined();
  });

  test('with an expired token is 401', async () => {
    await problemOf(await ask(operation.method, path, { ...sent(name), token: expired }), 401);
  });

  test('with a token without the scope is 403 and names it', async () => {
    if (!Array.isArray(operation.access)) return;
    const needed: readonly TokenScope[] = operation.access;
    const others: TokenScope[] = [...all, 'read', 'write'];
    const token = await aToken(db, mine.owner, mine.organizationId, {
      scopes: others.filter((scope) => !needed.includes(scope)),
    });
    const answer = await ask(operation.method, path, { ...sent(name), token });
    await problemOf(answer, 403);
    expect(answer.headers.get('www-authenticate')).toContain(`error="insufficient_scope", scope="${needed[0]}"`);
  });
});

describe('an id that is not the caller’s to see', () => {
  const strange = (own: string, theirs: string) => [noId, theirs, 'nonsense', "1'--", '..%2f..', '%00', `${own}0`];
  const fills: Record<string, () => string[]> = {
    client_id: () => strange(app.client_id, foreign.client_id),
    secret_id: () => strange(app.secret_id, foreign.secret_id),
    organization_id: () => strange(mine.organizationId, theirs.organizationId),
    user_id: () => ['usr_nobody', theirs.owner.actor.userId, '%00', noId],
    product: () => ['nothing', theirProduct, '0', '%00', '99999999999999999999'],
    token_id: () => strange(noId, theirToken),
    grant_id: () => strange(noId, theirGrant),
    invitation_id: () => strange(noId, noId),
    scope_name: () => strange(noId, 'openid2'),
    resource_uri: () => strange(noId, 'https%3A%2F%2Fnobody.example'),
  };
  /** Ids that are right, for the parameters that are not under test. */
  const own = (name: string) =>
    ({ client_id: app.client_id, organization_id: mine.organizationId, secret_id: app.secret_id })[name] ?? noId;
  const cases = withParameters.flatMap(([name, operation]) =>
    [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => [name, parameter] as const),
  );
  // Taking a manager away who is none does nothing; making one of a stranger is refused by name.
  const silent = new Set(['addManager user_id', 'removeManager user_id']);

  test.each(cases.filter(([name, parameter]) => !silent.has(`${name} ${parameter}`)))(
    '%s: an unknown, a foreign or a malformed {%s} is 404, alike for all',
    async (name, parameter) => {
      const operation = operations[name];
      if (!operation) throw new Error(name);
      const problems = await Promise.all(
        (fills[parameter]?.() ?? []).map(async (id) => {
          const path = pathOf(operation, (one) => (one === parameter ? id : own(one)));
          return problemOf(await ask(operation.method, path, { ...sent(name), token: fullToken }), 404);
        }),
      );
      expect(problems.length).toBeGreaterThan(3);
      const { detail: first } = problems[0] ?? {};
      for (const { detail, ...rest } of problems) {
        expect(rest).toEqual({ type: 'about:blank', title: 'Not Found', status: 404 });
        expect(['Resource not found', first]).toContain(detail);
      }
    },
  );

  test('gives viewers and developers the same answer as a missing one', async () => {
    for (const role of ['viewer', 'developer'] as const) {
      const { token } = await mine.tokenOf(role);
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const options = { token, ...(method === 'PATCH' && { body: {} }) };
        const [missing, other] = await Promise.all(
          [noId, foreign.client_id].map(async (id) =>
            problemOf(await ask(method, `/api/v1/clients/${id}`, options), 404),
          ),
        );
        expect(other).toEqual(missing);
      }
    }
  });
});

describe.each(withBody)('%s: a body', (name, operation) => {
  const own = () =>
    new Map([
      ['organization_id', mine.organizationId],
      ['client_id', app.client_id],
    ]);
  const path = () => pathOf(operation, (parameter) => own().get(parameter) ?? noId);
  const send = (body: unknown, headers: Record<string, string> = {}) =>
    ask(operation.method, path(), { token: fullToken, body, headers });

  test.each<[string, string, number]>([
    ['that is not JSON', '{', 400],
    ['that is no object', '[]', 400],
    ['that is null', 'null', 400],
    ['that names a member twice', '{"a":1,"a":2}', 400],
    ['that is nested too deeply', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, 400],
    ['with U+0000', '{"name":"\\u0000"}', 400],
    ['with half a surrogate pair', '{"name":"\\ud800"}', 400],
    ['that is too large', `{"name":"${'x'.repeat(1024 * 1024)}"}`, 413],
  ])('%s is refused', async (_what, body, status) => {
    await problemOf(await send(body), status);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=latin1',
    '',
  ])('as "%s" is 415', async (type) => {
    await problemOf(await send(JSON.stringify(bodies[name]), { 'content-type': type }), 415);
  });

  test('with an unknown member, one of a wrong type and __proto__ is 422 and names them', async () => {
    const [first = ''] = Object.keys(operation.body?.shape ?? {});
    const body = `{"${first}":{"a":[]},"nonsense":1,"__proto__":{"x":1},"constructor":1}`;
    const { errors } = await problemOf(await send(body), 422);
    const fields = errors?.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining([first, 'nonsense', 'constructor']));
  });
});

describe('a path', () => {
  test.each<[string, string, string]>([
    ['PUT', '/clients', 'GET, HEAD, POST, OPTIONS'],
    ['POST', `/clients/${noId}`, 'GET, HEAD, PATCH, DELETE, OPTIONS'],
    ['GET', `/clients/${noId}/secrets/rotate`, 'POST, OPTIONS'],
    ['POST', `/public/clients/${noId}`, 'GET, HEAD, OPTIONS'],
    ['DELETE', '/scopes', 'GET, HEAD, OPTIONS'],
  ])('refuses %s %s with 405 and says what it allows', async (method, path, allow) => {
    const answer = await ask(method, `/api/v1${path}`);
    await problemOf(answer, 405);
    expect(answer.headers.get('allow')).toBe(allow);
  });

  test.each(['/nothing', '/', '', '/clients/a/b/c/d', '//clients'])('that does not exist is 404: %s', async (path) => {
    await problemOf(await ask('GET', `/api/v1${path}`, { token: mine.token }), 404);
  });

  test('takes a trailing slash, and no query that it does not know', async () => {
    expect((await mine.call('GET', '/clients/')).status).toBe(200);
    const refused = await problemOf(await mine.call('GET', '/clients?page=2'), 400);
    expect(refused.errors).toMatchObject([{ in: 'query', field: 'page', rule: 'unknown_member' }]);
  });
});

test('too many clients in one answer, or named in one query, are refused', async () => {
  await problemOf(await mine.call('GET', '/clients?limit=1000'), 400);
  await problemOf(await mine.call('GET', `/clients?client_id=${Array(51).fill(noId).join(',')}`), 400);
  const many = { ...aBody, redirect_uris: Array.from({ length: 21 }, (_, n) => `https://app.example/${n}`) };
  expect((await problemOf(await mine.call('POST', '/clients', { body: many }), 422)).errors).toMatchObject([
    { field: 'redirect_uris' },
  ]);
  const long = { ...aBody, client_name: 'x'.repeat(257) };
  expect((await problemOf(await mine.call('POST', '/clients', { body: long }), 422)).errors).toMatchObject([
    { field: 'client_name', rule: 'M11' },
  ]);
});
