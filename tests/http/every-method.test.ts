import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { count } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { refusals } from '#db/schema/refusal';
import { apis, plainApis } from '#lib/http/app';
import { anOwner } from '#support/actors';
import { aToken } from '#support/api';
import { aPersonsAgent, authorizationUrl, aWebApp, locationOf, pkce } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { all } from '#support/native';

let authorization: string;
beforeAll(async () => {
  const { owner, organizationId } = await anOwner(db);
  authorization = `Bearer ${await aToken(db, owner, organizationId, { scopes: all })}`;
});

/** `fetch` sends no TRACE. */
const send = (method: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const sent = request(origin + path, { method, headers, agent: false }, async (answer) => {
      let text = '';
      for await (const chunk of answer.setEncoding('utf8')) text += chunk;
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
    });
    sent.on('error', reject).end();
  });

/** Every path of every API, with what its table says about it. */
const paths = [...apis, ...plainApis].flatMap((api) =>
  api.prefixes.flatMap((prefix) =>
    [...Map.groupBy(api.routes, ({ path }) => prefix + path)].map(([path, routes]) => ({
      api,
      path: path.replace(/:\w+/g, '0').replace('*', 'api/v1'),
      methods: routes.flatMap(({ method, acts }) => (method === 'GET' && !acts ? ['GET', 'HEAD'] : [method])),
      shared: routes.some(({ open, forBrowsers, forOwnOrigins }) => open || forBrowsers || forOwnOrigins),
    })),
  ),
);
const read = paths.filter(({ methods }) => methods.includes('HEAD'));
const isOfRequest = /^(?:date|connection|keep-alive|content-length|transfer-encoding|x-request-id|(?:x-)?ratelimit.*)$/;
const headersOf = (headers: object) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !isOfRequest.test(name)));

describe.each(paths)('$path', ({ api, path, methods, shared }) => {
  const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'].filter(
    (method) => !methods.includes(method),
  );

  test.each(others)('%s is 405 with Allow, in the shape of its API', async (method) => {
    const { status, headers, text } = await send(method, path, { authorization });
    const allow = [...methods, 'OPTIONS'];
    expect([status, headers.allow?.split(', ').toSorted()]).toEqual([405, allow.toSorted()]);
    const { body } = api.writeFault({ status, detail: `Method ${method} is not supported here.` }, path);
    const shape = (one: unknown) => JSON.stringify(one).replace(/[0-9a-f-]{36}|\d{4}-\d\d-\d\dT[\d:.]+Z|\d{13}/g, '…');
    if (method !== 'HEAD') expect(shape(JSON.parse(text))).toBe(shape(body));
  });

  test('OPTIONS names its methods, and lets scripts of other origins ask only where a route is for them', async () => {
    const asks = { origin: 'https://elsewhere.example', 'access-control-request-method': methods[0] ?? '' };
    const { status, headers, text } = await send('OPTIONS', path, asks);
    expect([status, text]).toEqual([204, '']);
    expect(headers.allow?.split(', ').toSorted()).toEqual([...methods, 'OPTIONS'].toSorted());
    expect(headers['access-control-allow-methods']).toBe(shared ? headers.allow : undefined);
    expect(headers['access-control-allow-origin']).toBe(shared ? '*' : undefined);
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });
});

describe.each(read)('HEAD $path', ({ path }) => {
  test.each([[true], [false]])('is GET without its body, with a token: %s', async (hasToken) => {
    const headers: Record<string, string> = hasToken ? { authorization } : {};
    const [get, head] = [await send('GET', path, headers), await send('HEAD', path, headers)];
    expect([head.status, head.text, headersOf(head.headers)]).toEqual([get.status, '', headersOf(get.headers)]);
  });
});

test('HEAD begins, answers and notes nothing at an authorization', async () => {
  const app = await aWebApp();
  const agent = await aPersonsAgent();
  const proof = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
  const page = locationOf(await agent.go(authorizationUrl(app, proof)));
  const rows = async () => [
    await db.select({ n: count() }).from(artifacts),
    await db.select({ n: count() }).from(refusals),
  ];
  const before = await rows();
  const places = [
    authorizationUrl(app, proof),
    authorizationUrl(app, { ...proof, redirect_uri: 'https://evil.example/' }),
    authorizationUrl(app, proof, '/oauth2/authorize'),
    authorizationUrl(app, proof, '/v2/oauth/authorize'),
    `${page.slice(origin.length)}/continue`,
    `/oauth/authorize/${page.split('/').at(-1)}`,
    `/oauth/end-session?client_id=${app.clientId}`,
  ];
  for (const place of places) {
    const answer = await agent.go(place, { method: 'HEAD' });
    expect([place, answer.status, answer.headers.getSetCookie()]).toEqual([place, 405, []]);
  }
  expect(await rows()).toEqual(before);
  expect((await agent.go(`${page.slice(origin.length)}/continue`)).status).toBeLessThan(400);
});
