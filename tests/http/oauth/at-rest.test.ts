import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { rateLimits } from '#db/schema/rate-limit';
import { decideDeviceRequest } from '#lib/devices/index';
import { createToken } from '#lib/tokens/index';
import {
  aPersonsAgent,
  authorizationUrl,
  aWebApp,
  decide,
  locationOf,
  pkce,
  redeem,
  refresh,
} from '#support/authorizing';
import { db } from '#support/database';
import { aDeviceApp, begin, poll } from '#support/device';
import { aMachine, aTokenOf } from '#support/oauth';
import { follow, push, pushedUrl } from '#support/pushing';

/** Every row of every table, as a person who stole the database would read it. */
async function everything(): Promise<string> {
  const tables = await db.execute<{ name: string }>(sql`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`);
  const rows = await Promise.all(
    tables.map(async ({ name }) => {
      const all = await db.execute<{ row: string }>(sql.raw(`select t::text as row from ${name} as t`));
      return all.map(({ row }) => `${name} ${row}`).join('\n');
    }),
  );
  return rows.join('\n');
}

test('S2: no credential can be read in the database: no secret, code, token, cookie, request or consent token', async () => {
  const given: Record<string, string> = {};
  const app = await aWebApp();
  given['client secret'] = app.secret;
  const agent = await aPersonsAgent();
  const { verifier, challenge } = pkce();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const waiting = locationOf(await agent.go(authorizationUrl(app, proof)));
  given['a consent that waits'] = new URL(waiting).pathname.slice('/consent/'.length);
  given['the cookie of a sign-in'] = [...agent.jar].find(([name]) => name.endsWith('.session'))?.[1].value ?? '';
  given['the cookie of a consent'] = [...agent.jar].find(([name]) => name.endsWith('.consent.sig'))?.[1].value ?? '';
  const page = locationOf(await agent.go(authorizationUrl(app, proof)));
  const code = new URL(await decide(agent, page, 'allow')).searchParams.get('code') ?? '';
  given.code = code;
  const tokens = (await redeem(app, code, { code_verifier: verifier })).body;
  given['access token'] = tokens.access_token;
  given['refresh token'] = tokens.refresh_token;
  given['ID token'] = tokens.id_token;
  given['renewed access token'] = (await refresh(app, tokens.refresh_token)).body.access_token;
  given['code that waits'] =
    new URL(locationOf(await agent.go(authorizationUrl(app, proof)))).searchParams.get('code') ?? '';

  const open = await aWebApp({ tokenEndpointAuthMethod: 'none' });
  const asked = locationOf(await agent.go(authorizationUrl(open, proof)));
  const answer = new URL(await decide(agent, asked, 'allow')).searchParams.get('code') ?? '';
  const first = (await redeem(open, answer, { code_verifier: verifier })).body;
  given['rotated refresh token'] = first.refresh_token;
  given['refresh token after it'] = (await refresh(open, first.refresh_token)).body.refresh_token;

  const pushed = await push(app);
  given['pushed request'] = pushed.body.request_uri.split(':').at(-1) ?? '';
  const fromPushed = await follow(agent, pushedUrl(app, (await push(app, { prompt: 'consent' })).body.request_uri));
  given['pushed and waiting'] = new URL(fromPushed).pathname.slice('/consent/'.length);
  const pushedAndAsked = (await push(app, { prompt: 'consent' })).body.request_uri;
  await follow(agent, pushedUrl(app, pushedAndAsked));
  given['pushed request that is asked about'] = pushedAndAsked.split(':').at(-1) ?? '';

  const tv = await aDeviceApp();
  const device = (await begin(tv, { scope: 'openid read offline_access' })).body;
  given['device code'] = device.device_code;
  given['user code'] = device.user_code;
  given['user code, as it is kept'] = device.user_code.replace('-', '');
  await decideDeviceRequest(agent.person, device.user_code, { allow: true, wanted: [], organizationId: null });
  await db.delete(rateLimits);
  given['device’s access token'] = (await poll(tv, device.device_code)).body.access_token;

  given['machine token'] = await aTokenOf(await aMachine());
  const { value } = await createToken(app.owner, {
    name: 'CI',
    scopes: ['clients:read'],
    organizationId: app.organizationId,
  });
  given['API token'] = value ?? '';

  for (const [what, value] of Object.entries(given)) expect(value, what).toMatch(/.{8,}/);
  const stolen = await everything();
  expect(stolen).toContain(agent.person.actor.userId);
  const readable = Object.entries(given).filter(([, value]) => stolen.includes(value));
  expect(readable.map(([what]) => what)).toEqual([]);
});
