import { text } from 'node:stream/consumers';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { aPersonsAgent } from '#support/authorizing';
import { afterwards, answerWithoutPerson, askToLeave, leave } from '#support/leaving';
import { origin } from '#support/listening';
import { aRelyingParty, runFlow } from '#support/relying-party';
import { startSecureCanary } from '#support/secure-canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

const told: { method: string | undefined; type: string | undefined; form: URLSearchParams }[] = [];
const listening = await startSecureCanary(async (request, response) => {
  const form = new URLSearchParams(await text(request));
  told.push({ method: request.method, type: request.headers['content-type'], form });
  response.writeHead(200).end();
});
afterAll(() => listening.stop());

const anApp = () =>
  aRelyingParty({
    postLogoutRedirectUris: [afterwards],
    backchannelLogoutUri: `${listening.origin}/backchannel`,
    backchannelLogoutSessionRequired: true,
  });

test('oidcc-backchannel-logout-discovery-endpoint-verification', async () => {
  expect((await anApp()).config.serverMetadata()).toMatchObject({
    end_session_endpoint: `${origin}/oauth/end-session`,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  });
});

test('oidcc-backchannel-rp-initiated-logout', async () => {
  const app = await anApp();
  const agent = await aPersonsAgent();
  const { claims, id_token } = await runFlow(agent, app.config);
  expect(claims.sid).toBeTypeOf('string');
  const { page } = await askToLeave(agent, app.config, id_token);
  expect((await leave(agent, page)).location).toBe(`${afterwards}?state=a-state`);
  expect(await answerWithoutPerson(agent, app.config)).toBe('login_required');

  await expect.poll(() => told).toHaveLength(1);
  const [{ method, type, form } = { form: new URLSearchParams() }] = told;
  expect({ method, type, names: [...form.keys()] }).toEqual({
    method: 'POST',
    type: expect.stringMatching(/^application\/x-www-form-urlencoded/),
    names: ['logout_token'],
  });
  const keys = createLocalJWKSet(await (await fetch(`${origin}/oauth/jwks`)).json());
  const { payload } = await jwtVerify(form.get('logout_token') ?? '', keys, { issuer: origin, audience: app.clientId });
  expect(payload).toMatchObject({
    sub: claims.sub,
    sid: claims.sid,
    iat: expect.any(Number),
    jti: expect.any(String),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
  expect(payload).not.toHaveProperty('nonce');
});
