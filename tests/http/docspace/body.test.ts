import { beforeAll, describe, expect, test } from 'vitest';
import { api } from '#lib/http/app';
import { ask } from '#support/api';
import { aBody, aClientId, anOrganizationWithApps, type Item, problemOf } from '#support/docspace';

let mine: Awaited<ReturnType<typeof anOrganizationWithApps>>;
beforeAll(async () => {
  mine = await anOrganizationWithApps();
});

describe('a body', () => {
  const post = (body: unknown, headers?: Record<string, string>) =>
    ask('POST', '/api/2.0/clients', { token: mine.token, body, headers });

  test('with many wrong fields hears of all of them, by this API’s names and codes', async () => {
    const answer = await post({
      ...aBody,
      name: 'x',
      description: 'x'.repeat(256),
      logo: 'data:image/gif;base64,AA==',
      website_url: 'http://localhost',
      terms_url: '',
      redirect_uris: ['http://bot.example/callback', 'javascript:alert(1)'],
      allowed_origins: [],
      scopes: ['files:read', 'no:such'],
    });
    expect(answer.status).toBe(400);
    const problem = await problemOf(answer);
    expect(problem.detail).toBe('Validation failed');
    expect(problem.errors?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'allowed_origins ErrorName',
      'description ErrorName',
      'logo ErrorPattern',
      'name ErrorName',
      'redirect_uris ErrorWrongURL',
      'scopes ErrorInvalidScope',
      'terms_url EmptyFieldError',
      'website_url ErrorWrongURL',
    ]);
    expect(problem.errors?.every(({ message }) => message.length > 0)).toBe(true);
  });

  test.each(Object.keys(aBody).filter((key) => !['description', 'allow_pkce', 'is_public'].includes(key)))(
    'without %s is refused with EmptyFieldError',
    async (field) => {
      const answer = await post(Object.fromEntries(Object.entries(aBody).filter(([key]) => key !== field)));
      expect((await problemOf(answer)).errors).toEqual([
        { field, code: 'EmptyFieldError', message: expect.any(String) },
      ]);
    },
  );

  test('may have unknown members', async () => {
    const answer = await post({ ...aBody, client_id: aClientId, tenant: 1, created_by: 'me', constructor: {}, x: [] });
    expect(answer.status).toBe(201);
    expect(((await answer.json()) as Item).client_id).not.toBe(aClientId);
  });

  test('with an invalid image is refused with ErrorPattern', async () => {
    const answer = await post({
      ...aBody,
      logo: `data:image/png;base64,${Buffer.from('not a png').toString('base64')}`,
    });
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors).toMatchObject([{ field: 'logo', code: 'ErrorPattern' }]);
  });

  test.each<[string, string]>([
    ['is empty', ''],
    ['is cut off', '{"name":"x"'],
    ['is not JSON', 'name=x'],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['is a text', '"x"'],
    ['names a key twice', '{"name":"one","name":"two"}'],
    ['hides a key twice', '{"name":"one","na\\u006de":"two"}'],
    ['is nested without end', '{"a":'.repeat(50_000)],
    ['is a list of lists without end', '['.repeat(100_000)],
    ['holds U+0000', JSON.stringify({ ...aBody, description: 'a\u0000b' })],
    ['holds U+0000 in a key', '{"a\\u0000":1}'],
    ['holds U+0000 where nobody looks', JSON.stringify({ ...aBody, deep: [{ er: '\u0000' }] })],
    ['holds half of a surrogate pair', JSON.stringify({ ...aBody, name: 'half \ud83d' })],
  ])('that %s is 400', async (_what, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    await problemOf(answer);
  });

  test('that is not UTF-8 is 400', async () => {
    const answer = await post(undefined, { 'content-type': 'application/json' });
    expect(answer.status).toBe(400);
    const latin = await api.request('/api/2.0/clients', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${mine.token}`,
        'content-type': 'application/json',
        'x-clientele-network': 'latin',
      },
      body: Buffer.from('{"name":"caf\xe9"}', 'latin1'),
    });
    expect(latin.status).toBe(400);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=latin1',
    'json',
    '',
  ])('of type "%s" is 415', async (type) => {
    const answer = await post(aBody, { 'content-type': type });
    expect(answer.status).toBe(415);
    await problemOf(answer);
  });

  test.each([
    'application/json',
    'application/json; charset=UTF-8',
    'APPLICATION/JSON;charset="utf-8"',
    'application/merge-patch+json',
  ])('of type %s is read', async (type) => {
    expect((await post({}, { 'content-type': type })).status).toBe(400);
  });

  test('of more than 3 MiB is 413, and of more than 1 MiB where no logo travels', async () => {
    const large = (bytes: number) => JSON.stringify({ ...aBody, more: 'x'.repeat(bytes) });
    const answer = await post(large(3 * 1024 * 1024));
    expect(answer.status).toBe(413);
    await problemOf(answer);
    expect((await post(large(2 * 1024 * 1024))).status).toBe(201);
    const { client_id } = await mine.make('Docs bot');
    const activation = await ask('PATCH', `/api/2.0/clients/${client_id}/activation`, {
      token: mine.token,
      body: large(1024 * 1024),
    });
    expect(activation.status).toBe(413);
  });
});
