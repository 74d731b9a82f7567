import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { registrations } from '#db/schema/registration';
import { hashCredential, mintCredential } from '#lib/credentials/index';
import { anOwner } from '#support/actors';
import { ask, aToken } from '#support/api';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { aBody, refusalOf } from '#support/registration';

process.env.CLIENTELE_REGISTRATION = 'off';

test.each(['/oauth/register', '/v2/oauth/register'])(
  'where registration is off, %s refuses everyone with 403',
  async (path) => {
    const { owner, organizationId } = await anOwner(db);
    for (const token of [undefined, await aToken(db, owner, organizationId)]) {
      const answer = await ask('POST', path, { token, body: aBody });
      expect([answer.status, (await refusalOf(answer)).error]).toEqual([403, 'access_denied']);
    }
  },
);

test('what was registered before is still managed by its own token', async () => {
  const { organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, { organizationId, provenance: 'registration' });
  const token = mintCredential('clt_rat_');
  await db.insert(registrations).values({ clientId, ...hashCredential(token), open: false });
  expect((await ask('GET', `/oauth/register/${clientId}`, { token })).status).toBe(200);
  expect((await ask('DELETE', `/oauth/register/${clientId}`, { token })).status).toBe(204);
  expect(await db.$count(registrations, eq(registrations.clientId, clientId))).toBe(0);
});
