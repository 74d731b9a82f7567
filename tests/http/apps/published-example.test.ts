import { expect, test } from 'vitest';
import { type App, anAccount, type NewApp } from '#support/apps';
import { origin } from '#support/listening';

const json = { 'content-type': 'application/json' };

test('the published calls succeed as they are written, with a slash at the end', async () => {
  const { token } = await anAccount();
  const headers = { authorization: `Bearer ${token}` };
  const list = async () => (await (await fetch(`${origin}/o/apps/`, { headers, redirect: 'error' })).json()) as App[];

  const body = '{\n"name": "My New Application"\n}';
  const created = await fetch(`${origin}/o/apps/`, { method: 'POST', headers: { ...headers, ...json }, body });
  expect(created.status).toBe(201);
  const made = (await created.json()) as NewApp;
  expect(Object.keys(made)).toEqual(['id', 'client_id', 'client_secret']);
  expect(await list()).toEqual([
    {
      id: made.id,
      name: 'My New Application',
      client_id: made.client_id,
      client_secret: made.client_secret,
      client_type: 'confidential',
    },
  ]);

  const remove = () => fetch(`${origin}/o/apps/${made.id}/`, { method: 'DELETE', headers });
  const removed = await remove();
  expect([removed.status, await removed.text()]).toEqual([204, '']);
  expect(await (await remove()).json()).toEqual({
    error: { code: 'not_found', message: 'Application not found', details: {} },
  });
  expect(await list()).toEqual([]);
});

test('the published script’s headers are accepted by every call: a content type without a body too', async () => {
  const { token } = await anAccount();
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const base = `${origin}/o/apps/`;
  expect(await (await fetch(base, { headers })).json()).toEqual([]);
  const answer = await fetch(base, { method: 'POST', headers, body: JSON.stringify({ name: 'Staging API' }) });
  const { id, client_id, client_secret } = (await answer.json()) as NewApp;
  expect([typeof client_id, typeof client_secret]).toEqual(['string', 'string']);
  expect((await fetch(`${base}${id}/`, { method: 'DELETE', headers })).status).toBe(204);
});

test.each(['/o/apps', '/o/apps/', '/o/apps?a=1', '/o/apps/?a=1'])(
  '%s answers by itself, never by a redirect',
  async (path) => {
    const { token, make } = await anAccount();
    const headers = { authorization: `Bearer ${token}` };
    const call = (method: string, at: string, body: string | null = null) =>
      fetch(origin + at, { method, headers: { ...headers, ...json }, body, redirect: 'manual' });
    expect((await call('GET', path)).status).toBe(200);
    expect((await call('POST', path, '{"name":"x"}')).status).toBe(201);
    expect((await call('PUT', path)).status).toBe(405);
    expect((await fetch(origin + path, { redirect: 'manual' })).status).toBe(401);
    const slash = path.includes('/?') || path.endsWith('/') ? '/' : '';
    expect((await call('DELETE', `/o/apps/${(await make('y')).id}${slash}`)).status).toBe(204);
  },
);
