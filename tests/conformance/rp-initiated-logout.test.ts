import { decodeJwt, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { aPersonsAgent } from '#support/authorizing';
import { aKey } from '#support/client-keys';
import { afterwards, answerWithoutPerson, askToLeave, leave } from '#support/leaving';
import { origin } from '#support/listening';
import { aRelyingParty, type Changes, runFlow } from '#support/relying-party';

let app: Awaited<ReturnType<typeof aRelyingParty>>;
beforeAll(async () => {
  app = await aRelyingParty({ postLogoutRedirectUris: [afterwards] });
});

/** A person who went through the flow, and is then sent to sign out. */
async function sentToLeave(changes: Changes = {}, hint = async (idToken: string) => idToken) {
  const agent = await aPersonsAgent();
  const { id_token } = await runFlow(agent, app.config);
  return { agent, ...(await askToLeave(agent, app.config, await hint(id_token), changes)) };
}
type Sent = Awaited<ReturnType<typeof sentToLeave>>;

/** The browser goes nowhere; the person may still sign out, and stays here then. */
async function expectRefused(sent: Sent) {
  expect(await signedOut(sent)).toEqual({ location: null, page: '/sign-out' });
}

/** The person is asked, says yes, and is signed out. */
async function signedOut({ agent, location, page }: Sent) {
  expect(location).toBeNull();
  expect(page).toMatch(/^\/sign-out\?/);
  const left = await leave(agent, page);
  expect(await answerWithoutPerson(agent, app.config)).toBe('login_required');
  return left;
}

test('oidcc-rp-initiated-logout-discovery-endpoint-verification', () => {
  expect(app.config.serverMetadata().end_session_endpoint).toBe(`${origin}/oauth/end-session`);
});

test('oidcc-rp-initiated-logout', async () => {
  expect((await signedOut(await sentToLeave())).location).toBe(`${afterwards}?state=a-state`);
});

test('oidcc-rp-initiated-logout-no-state', async () => {
  expect((await signedOut(await sentToLeave({ state: undefined }))).location).toBe(afterwards);
});

test.each<[string, Changes]>([
  ['oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', { post_logout_redirect_uri: `${afterwards}/2` }],
  [
    'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
    { post_logout_redirect_uri: `${afterwards}?foo=bar` },
  ],
])('%s', async (_module, changes) => {
  await expectRefused(await sentToLeave(changes));
});

test('oidcc-rp-initiated-logout-modified-id-token-hint', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  await expectRefused(await sentToLeave({}, async (token) => `${part({ alg: 'none' })}.${part(decodeJwt(token))}.`));
});

test('oidcc-rp-initiated-logout-bad-id-token-hint', async () => {
  const { privateKey, kid } = await aKey('RS256');
  const header = { alg: 'RS256', kid };
  await expectRefused(
    await sentToLeave({}, (token) => new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(privateKey)),
  );
});

const none = { id_token_hint: undefined };
test.each<[string, Changes]>([
  ['oidcc-rp-initiated-logout-no-id-token-hint', none],
  ['oidcc-rp-initiated-logout-no-params', { ...none, post_logout_redirect_uri: undefined, state: undefined }],
  ['oidcc-rp-initiated-logout-no-post-logout-redirect-uri', { post_logout_redirect_uri: undefined }],
  ['oidcc-rp-initiated-logout-only-state', { ...none, post_logout_redirect_uri: undefined }],
])('%s', async (_module, changes) => {
  expect(await signedOut(await sentToLeave(changes))).toEqual({ location: null, page: '/sign-out' });
});
