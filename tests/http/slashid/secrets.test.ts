import { expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { secrets } from '#db/schema/client';
import { createSecret, listSecrets } from '#lib/secrets/index';
import { stateOf } from '#lib/secrets/rules';
import { ask } from '#support/api';
import { db } from '#support/database';
import { anOrg, call, machine, messagesOf, site } from '#support/slashid';

test('a rotation answers the new secret, once, and the old one ends at that moment', async () => {
  const { owner, org, key, make } = await anOrg();
  const { client_id, client_secret } = await make(machine);
  const { value: other = '' } = await createSecret(owner, client_id, { name: 'made in the portal' });
  const answer = await call('PUT', `/oauth2/clients/${client_id}/secret`, { key, org });
  const rotated = (await answer.json()) as { result: { client_secret: string } };
  expect(answer.status).toBe(200);
  expect(rotated).toEqual({ result: { client_secret: expect.stringMatching(/^clt_cs_/) } });
  expect(rotated.result.client_secret).not.toBe(client_secret);
  const states = (await listSecrets(owner, client_id)).map((secret) => [secret.lastFour, stateOf(secret)]);
  expect(states).toEqual([
    [rotated.result.client_secret.slice(-4), 'live'],
    [other.slice(-4), 'revoked'],
    [client_secret.slice(-4), 'revoked'],
  ]);
});

test('a public client has no secret to rotate: 400', async () => {
  const { org, key, make } = await anOrg();
  const { client_id } = await make({ ...site, public: true });
  const answer = await call('PUT', `/oauth2/clients/${client_id}/secret`, { key, org });
  expect(answer.status).toBe(400);
  expect((await messagesOf(answer))[0]).toMatch(/public client/);
});

test('no readable copy is kept, so no other API can tell it either', async () => {
  const { org, key, make } = await anOrg();
  const { client_id, client_secret } = await make(machine);
  const rotated = await call('PUT', `/oauth2/clients/${client_id}/secret`, { key, org });
  const shown = [client_secret, ((await rotated.json()) as { result: { client_secret: string } }).result.client_secret];
  const calls: [string, string, object?][] = [
    ['GET', '/oauth2/clients'],
    ['GET', `/oauth2/clients/${client_id}`],
    ['GET', `/oauth2/clients/${client_id}/secret`],
    ['GET', `/oauth2/clients/${client_id}/ui-configuration`],
    ['PATCH', `/oauth2/clients/${client_id}`, { client_name: 'Renamed' }],
    ['PATCH', `/oauth2/clients/${client_id}`, { grant_types: ['refresh_token'] }],
  ];
  const said = [await (await ask('GET', '/v1/clients', { token: key })).text()];
  said.push(await (await ask('GET', `/api/2.0/clients/${client_id}`, { token: key })).text());
  for (const [method, path, body] of calls) {
    const answer = await call(method, path, { key, org, body });
    said.push(`${JSON.stringify([...answer.headers])}${await answer.text()}`);
  }
  said.push(JSON.stringify(await db.select().from(auditEvents)), JSON.stringify(await db.select().from(secrets)));
  for (const text of said) for (const secret of shown) expect(text).not.toContain(secret);
});

test('private answers are neither stored nor indexed', async () => {
  const { org, key } = await anOrg();
  const { headers } = await call('GET', '/oauth2/clients', { key, org });
  expect([headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
  expect(headers.get('access-control-allow-origin')).toBeNull();
});
