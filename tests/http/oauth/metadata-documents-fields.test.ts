import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { domainNames } from '#lib/dialects/registration/wire';
import { callback, pkce } from '#support/authorizing';
import { columns, comparable, type Row, smuggled } from '#support/client-columns';
import { db } from '#support/database';
import { post } from '#support/oauth';
import { aSelfDescribedApp } from '#support/self-described';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

async function met(app: { clientId: string }): Promise<Row> {
  const form = {
    client_id: app.clientId,
    response_type: 'code',
    redirect_uri: callback,
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
  };
  const { status, body } = await post('/oauth/par', form);
  expect(status, JSON.stringify(body)).toBe(201);
  const [row] = await db.select().from(clients).where(eq(clients.metadataUrl, app.clientId));
  if (!row) throw new Error('it is not registered');
  return row;
}
const besidesItsUrl = (row: Row) => ({ ...comparable(row), metadataUrl: null });

test('a metadata document sets no column but those that registrations have words for', async () => {
  const control = await met(aSelfDescribedApp());
  const strange = Object.entries(smuggled(control, columns)).filter(
    ([name]) => !domainNames.has(name) && name !== 'client_id',
  );
  expect(strange.map(([name]) => name)).toEqual(expect.arrayContaining(['firstParty', 'review_state', 'requirePkce']));
  const row = await met(aSelfDescribedApp(Object.fromEntries(strange)));
  expect(besidesItsUrl(row)).toEqual(besidesItsUrl(control));
});
