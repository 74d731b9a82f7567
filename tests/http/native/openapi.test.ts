import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { writeOpenApi } from '#lib/dialects/native/index';
import { native } from '#lib/http/native/index';
import { ask } from '#support/api';
import { json } from '#support/native';

test('the description of the API is for anyone, and not repeated to whoever has it', async () => {
  const answer = await ask('GET', '/api/v1/openapi.json');
  const etag = answer.headers.get('etag') ?? '';
  expect(await json(answer)).toMatchObject({ openapi: '3.1.1', servers: [{ url: 'http://127.0.0.1:3000/api/v1' }] });
  expect((await ask('GET', '/api/v1/openapi.json', { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test('a linter finds nothing in it, under its strict rules', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const source = JSON.stringify(writeOpenApi('https://apps.acme.test'));
  const problems = await lintFromString({ source, absoluteRef: '/openapi.json', config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

test('it describes every route, and there is a route for everything that it describes', async () => {
  const { paths } = writeOpenApi('https://apps.acme.test');
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routed = native.routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(routed.filter((route) => route !== 'GET /openapi.json').sort()).toEqual(described.sort());
});
