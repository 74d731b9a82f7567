import { expect, test } from 'vitest';
import { ask } from '#support/api';
import { anOrganizationWithApps } from '#support/docspace';

/** As the published example reads every answer: what is in `response`, or all of it. */
async function read(path: string, token: string) {
  const answer = await ask('GET', path, { token, headers: { accept: 'application/json' } });
  expect([path, answer.status]).toEqual([path, 200]);
  const json = (await answer.json()) as { response?: unknown };
  return json.response || json;
}

test('the five calls of DocSpace’s published example succeed one after the other', async () => {
  const { token, make } = await anOrganizationWithApps();
  await make('Older bot');
  const newest = await make('Docs bot');

  const clients = (await read('/api/2.0/clients', token)) as { id: string }[];
  expect(Array.isArray(clients)).toBe(true);
  const id = clients[0]?.id;
  expect(id).toBe(newest.client_id);
  expect(await read(`/api/2.0/clients/${id}`, token)).toMatchObject({ client_id: id, name: 'Docs bot' });
  expect(await read(`/api/2.0/clients/${id}/info`, token)).toMatchObject({ client_id: id });
  expect(await read(`/api/2.0/clients/public/${id}/info`, token)).toMatchObject({ client_id: id });
  expect(await read(`/api/2.0/clients/info?ids=${id}`, token)).toMatchObject([{ id }]);
});
