import { expect, test } from 'vitest';
import { aPersonsAgent, aWebApp, refresh, tokensOf } from '#support/authorizing';

process.env.CLIENTELE_REFRESH_GRACE_SECONDS = '0';

test('where the operator sets no grace, a refresh token that is used twice ends all that came of it', async () => {
  const app = await aWebApp({ tokenEndpointAuthMethod: 'none' });
  const { refresh_token: first = '' } = await tokensOf(await aPersonsAgent(), app);
  const next = (await refresh(app, first)).body;
  expect(next.refresh_token).toMatch(/^clt_rt_/);
  expect((await refresh(app, first)).body.error).toBe('invalid_grant');
  expect((await refresh(app, next.refresh_token)).body.error).toBe('invalid_grant');
});
