import { expect, test } from 'vitest';
import { ask } from '#support/api';
import { aBody, aRegistrar, pathOf } from '#support/registration';

const origin = { origin: 'https://inspector.example' };

test.each([
  ['/oauth/register', 'POST, OPTIONS'],
  ['/oauth/register/6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10', 'GET, HEAD, PUT, DELETE, OPTIONS'],
])('a browser that asks first may call %s with a token, from any origin', async (path, methods) => {
  const headers = {
    ...origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  const { status, headers: said } = await ask('OPTIONS', path, { headers });
  expect(status).toBe(204);
  expect(said.get('access-control-allow-origin')).toBe('*');
  expect(said.get('access-control-allow-methods')).toBe(methods);
  expect(said.get('access-control-allow-headers')).toBe('authorization, content-type, dpop');
  expect(said.has('access-control-allow-credentials')).toBe(false);
});

test('it may read what is answered, also a refusal, and still nobody keeps it', async () => {
  const { token, register } = await aRegistrar();
  const app = await register();
  const answers = [
    await ask('POST', '/oauth/register', { token, body: aBody, headers: origin }),
    await ask('POST', '/oauth/register', { body: aBody, headers: origin }),
    await ask('GET', pathOf(app), { token: app.registration_access_token, headers: origin }),
    await ask('PATCH', '/oauth/register', { headers: origin }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 401, 200, 405]);
  for (const { headers } of answers) {
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('etag')).toBe(false);
  }
});
