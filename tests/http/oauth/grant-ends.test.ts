import { expect, test } from 'vitest';
import { findOwnGrantTo, revokeGrant, revokeScopes } from '#lib/grants/index';
import {
  aPersonsAgent,
  authorizationUrl,
  aWebApp,
  locationOf,
  pkce,
  refresh,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { origin } from '#support/listening';
import { introspect } from '#support/oauth';

const proof = () => ({ code_challenge: pkce().challenge, code_challenge_method: 'S256' });

test('a person revokes an app: its tokens end, and it must ask again', async () => {
  const app = await aWebApp();
  const [agent, other] = [await aPersonsAgent(), await aPersonsAgent()];
  const [tokens, again, theirs] = [await tokensOf(agent, app), await tokensOf(agent, app), await tokensOf(other, app)];
  const grant = await findOwnGrantTo(agent.person, app.clientId);
  expect(grant).toMatchObject({ liveTokens: 4, lastUsedAt: expect.any(Date) });
  expect(await revokeGrant(agent.person, grant?.id ?? '')).toMatchObject({ liveTokens: 4 });
  for (const { access_token, refresh_token } of [tokens, again]) {
    expect(await introspect(app, access_token)).toEqual({ active: false });
    expect((await userinfo(access_token)).status).toBe(401);
    expect(await refresh(app, refresh_token ?? '')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  }
  expect(await introspect(app, theirs.access_token)).toMatchObject({ active: true });
  const asked = locationOf(await agent.go(authorizationUrl(app, proof())));
  expect(asked).toContain(`${origin}/consent/`);
});

test('a person revokes one scope: tokens with it end, a refresh gives less', async () => {
  const app = await aWebApp();
  const agent = await aPersonsAgent();
  const carrying = await tokensOf(agent, app, { scope: 'openid profile read' });
  const without = await tokensOf(agent, app, { scope: 'openid read' });
  const grant = await findOwnGrantTo(agent.person, app.clientId);
  expect(await revokeScopes(agent.person, grant?.id ?? '', ['profile'])).toEqual({ endedTokens: 1 });
  expect(await introspect(app, carrying.access_token)).toEqual({ active: false });
  expect(await introspect(app, without.access_token)).toMatchObject({ active: true });
  const less = await refresh(app, carrying.refresh_token ?? '');
  expect([less.status, less.body.scope]).toEqual([200, 'openid read']);
  expect(await introspect(app, less.body.access_token)).toMatchObject({ active: true, scope: 'openid read' });
  // The app cannot do without it, so it may ask again.
  expect(locationOf(await agent.go(authorizationUrl(app, proof())))).toContain(`${origin}/consent/`);
});
