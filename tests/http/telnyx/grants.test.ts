import Telnyx from 'telnyx';
import { expect, test } from 'vitest';
import { anOrganization, anOwner } from '#support/actors';
import { aToken } from '#support/api';
import { aPersonsAgent, aWebApp, tokensOf } from '#support/authorizing';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { aGrantRow } from '#support/grants';
import { origin } from '#support/listening';
import { introspect } from '#support/oauth';

// With these the library would ask its vendor for a token, whatever its base URL says.
delete process.env.TELNYX_CLIENT_ID;
delete process.env.TELNYX_CLIENT_SECRET;

const clientFor = (apiKey: string) => new Telnyx({ apiKey, baseURL: `${origin}/v2`, maxRetries: 0 });

test('the npm package telnyx walks one’s own grants to their end, newest first', async () => {
  const { owner, organizationId } = await anOwner(db);
  const { userId } = owner.actor;
  const made: string[] = [];
  for (let day = 1; day <= 5; day++) {
    const clientId = await aClientRow(db, { organizationId });
    made.unshift(await aGrantRow(db, { userId, clientId, createdAt: new Date(Date.UTC(2026, 0, day)) }));
  }
  const telnyx = clientFor(await aToken(db, owner, organizationId, { scopes: ['grants:read'] }));
  const walked: string[] = [];
  for await (const { id } of telnyx.oauthGrants.list({ 'page[size]': 2 })) walked.push(id);
  expect(walked).toEqual(made);
  expect((await telnyx.oauthGrants.list({ 'page[number]': 9 })).meta).toEqual({
    page_number: 9,
    page_size: 20,
    total_results: 5,
    total_pages: 1,
  });
  await expect(telnyx.oauthGrants.delete(made[0] ?? '')).rejects.toBeInstanceOf(Telnyx.PermissionDeniedError);
});

test('it reads and revokes one: its tokens are dead when that answers', async () => {
  const app = await aWebApp();
  const { id: organizationId } = await anOrganization(db);
  const agent = await aPersonsAgent({ roles: { [organizationId]: 'viewer' } });
  const { access_token } = await tokensOf(agent, app);
  expect(await introspect(app, access_token)).toMatchObject({ active: true });
  const telnyx = clientFor(await aToken(db, agent.person, organizationId, { scopes: ['grants:write'] }));
  const { data } = await telnyx.oauthGrants.list();
  const grant = {
    record_type: 'oauth_grant',
    client_id: app.clientId,
    scopes: expect.arrayContaining(['openid', 'read']),
  };
  expect(data).toEqual([expect.objectContaining(grant)]);
  const id = data?.[0]?.id ?? '';
  expect((await telnyx.oauthGrants.retrieve(id)).data).toEqual(data?.[0]);
  expect((await telnyx.oauthGrants.delete(id)).data).toMatchObject({ id, ...grant });
  expect(await introspect(app, access_token)).toEqual({ active: false });
  await expect(telnyx.oauthGrants.delete(id)).rejects.toBeInstanceOf(Telnyx.NotFoundError);
});
