import { eq } from 'drizzle-orm';
import Telnyx from 'telnyx';
import { beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { findOwnGrantTo } from '#lib/grants/index';
import type { TokenScope } from '#lib/kernel/actor';
import { endOwnSession } from '#lib/sessions/index';
import { anOrganization } from '#support/actors';
import { ask, aToken } from '#support/api';
import {
  aPersonsAgent,
  authorizationUrl,
  aWebApp,
  callback,
  decide,
  locationOf,
  pkce,
  redeem,
} from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { refusalOf } from '#support/telnyx';

// With these the library would ask its vendor for a token, whatever its base URL says.
delete process.env.TELNYX_CLIENT_ID;
delete process.env.TELNYX_CLIENT_SECRET;

const scopes: TokenScope[] = ['grants:read', 'grants:write', 'read'];
let app: Awaited<ReturnType<typeof aWebApp>>;
beforeAll(async () => {
  app = await aWebApp({ name: 'Invoices', tosUri: 'https://app.example.com/tos' });
});

/** Somebody in whose browser an app's request waits, and a token of theirs. */
async function aWaitingRequest(changes: Record<string, string> = {}, client = app) {
  const { id: organizationId } = await anOrganization(db);
  const agent = await aPersonsAgent({ roles: { [organizationId]: 'viewer' } });
  const { verifier, challenge } = pkce();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const page = locationOf(await agent.go(authorizationUrl(client, { ...proof, ...changes })));
  const consentToken = page.slice(`${origin}/consent/`.length);
  const tokenWith = (some: TokenScope[]) => aToken(db, agent.person, organizationId, { scopes: some });
  const token = await tokenWith(scopes);
  const read = (bearer = token, id = consentToken) => ask('GET', `/v2/oauth/consent/${id}`, { token: bearer });
  const answer = (bearer = token, id = consentToken, allowed = true) =>
    ask('POST', '/v2/oauth/grants', { token: bearer, body: { allowed, consent_token: id } });
  const telnyx = new Telnyx({ apiKey: token, baseURL: `${origin}/v2`, maxRetries: 0 });
  return { agent, organizationId, verifier, page, consentToken, token, tokenWith, read, answer, telnyx };
}

describe('the npm package telnyx', () => {
  test('reads what waits, and allows it: the code buys tokens', async () => {
    const { agent, organizationId, verifier, consentToken, telnyx } = await aWaitingRequest();
    expect((await telnyx.oauth.retrieve(consentToken)).data).toEqual({
      client_id: app.clientId,
      name: 'Invoices',
      logo_uri: null,
      tos_uri: 'https://app.example.com/tos',
      policy_uri: null,
      redirect_uri: callback,
      verified: false,
      requested_scopes: ['openid', 'profile', 'read'].map((id) => ({
        id,
        name: expect.stringMatching(/\S/),
        description: expect.stringMatching(/\S/),
      })),
    });
    const { redirect_uri } = await telnyx.oauth.grants({ allowed: true, consent_token: consentToken });
    expect(redirect_uri.startsWith(`${callback}?`)).toBe(true);
    const answer = new URL(redirect_uri).searchParams;
    expect(Object.fromEntries(answer)).toEqual({ code: expect.any(String), state: 'a-state', iss: origin });
    expect(await findOwnGrantTo(agent.person, app.clientId)).toMatchObject({
      organizationId,
      scopes: expect.arrayContaining(['openid', 'profile', 'read']),
    });
    const { status, body } = await redeem(app, answer.get('code') ?? '', { code_verifier: verifier });
    expect([status, body.scope]).toEqual([200, 'openid profile read']);
    const again = { allowed: true, consent_token: consentToken };
    await expect(telnyx.oauth.retrieve(consentToken)).rejects.toBeInstanceOf(Telnyx.UnprocessableEntityError);
    await expect(telnyx.oauth.grants(again)).rejects.toBeInstanceOf(Telnyx.UnprocessableEntityError);
  });

  test('declines it: the app is told so, and nothing is allowed', async () => {
    const { agent, consentToken, telnyx } = await aWaitingRequest();
    const { redirect_uri } = await telnyx.oauth.grants({ allowed: false, consent_token: consentToken });
    expect(Object.fromEntries(new URL(redirect_uri).searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'a-state',
      iss: origin,
    });
    expect(await findOwnGrantTo(agent.person, app.clientId)).toBeUndefined();
  });
});

describe('an answer', () => {
  test('goes to an app at our own origin, as to any other', async () => {
    const own = `${origin}/callback`;
    const app = await aWebApp({ redirectUris: [own], environment: 'development' });
    for (const allowed of [true, false]) {
      const { agent, consentToken, telnyx } = await aWaitingRequest({ redirect_uri: own }, app);
      const { redirect_uri } = await telnyx.oauth.grants({ allowed, consent_token: consentToken });
      expect(redirect_uri.startsWith(`${own}?`)).toBe(true);
      expect(new URL(redirect_uri).searchParams.has(allowed ? 'code' : 'error')).toBe(true);
      expect((await findOwnGrantTo(agent.person, app.clientId)) !== undefined).toBe(allowed);
    }
  });

  test('in the fragment reaches the app as it asked', async () => {
    const { consentToken, telnyx } = await aWaitingRequest({ response_mode: 'fragment' });
    const { redirect_uri } = await telnyx.oauth.grants({ allowed: true, consent_token: consentToken });
    expect(redirect_uri).toMatch(new RegExp(`^${callback}#.*code=`));
  });

  test('that has to be posted by the browser sends the browser on, which then posts it', async () => {
    const { agent, consentToken, telnyx } = await aWaitingRequest({ response_mode: 'form_post' });
    const { redirect_uri } = await telnyx.oauth.grants({ allowed: true, consent_token: consentToken });
    expect(redirect_uri.startsWith(`${origin}/`)).toBe(true);
    const page = await (await agent.go(redirect_uri)).text();
    expect(page).toContain(`action="${callback}"`);
    expect(page).toMatch(/name="code" value="[^"]+"/);
  });

  test.each<[string, object]>([
    ['its redirect URI is not registered any more', { redirectUris: ['https://app.example.com/other'] }],
    ['nothing of what it asks for is registered any more', { scopes: ['email'] }],
    ['its client is switched off', { status: 'disabled' }],
  ])('to a request is refused, and nothing is kept, where %s', async (_, change) => {
    const app = await aWebApp();
    const { agent, consentToken, telnyx } = await aWaitingRequest({}, app);
    await db.update(clients).set(change).where(eq(clients.clientId, app.clientId));
    const asked = telnyx.oauth.grants({ allowed: true, consent_token: consentToken });
    await expect(asked).rejects.toBeInstanceOf(Telnyx.UnprocessableEntityError);
    expect(await findOwnGrantTo(agent.person, app.clientId)).toBeUndefined();
  });
});

describe('a consent token', () => {
  const refused = async (answer: Response) => {
    expect(answer.status, await answer.clone().text()).toBe(422);
    return refusalOf(answer);
  };

  test('reading it does not use it up: the person can answer in the browser', async () => {
    const { agent, page, read } = await aWaitingRequest();
    expect((await read()).status).toBe(200);
    expect(new URL(await decide(agent, page, 'allow')).searchParams.get('code')).toBeTruthy();
    await refused(await read());
  });

  test('works only for the person in whose browser the request began; unknown, ended and other ones are alike', async () => {
    const [mine, other] = [await aWaitingRequest(), await aWaitingRequest()];
    const said = [];
    for (const id of [other.consentToken, 'x'.repeat(21), 'nonsense', '%00', "1'--", 'x'.repeat(3000)]) {
      said.push(await refused(await mine.read(mine.token, id)));
      said.push(await refused(await mine.answer(mine.token, id)));
    }
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await findOwnGrantTo(mine.agent.person, app.clientId)).toBeUndefined();
    expect((await other.read()).status).toBe(200);
  });

  test('is answered once, also by many at the same moment: a yes and a no do not both count', async () => {
    for (let round = 0; round < 3; round += 1) {
      const client = await aWebApp();
      const { agent, token, consentToken, answer } = await aWaitingRequest({}, client);
      const answers = await Promise.all([true, false, true, false].map((yes) => answer(token, consentToken, yes)));
      const good = answers.filter(({ status }) => status === 200);
      expect(good).toHaveLength(1);
      for (const one of answers) if (one.status !== 200) await refused(one);
      const { redirect_uri } = (await (good[0] as Response).json()) as { redirect_uri: string };
      const isAllowed = (await findOwnGrantTo(agent.person, client.clientId)) !== undefined;
      expect(new URL(redirect_uri).searchParams.has('code')).toBe(isAllowed);
    }
  });

  test('is over with the sign-in of that browser', async () => {
    const { agent, read, answer } = await aWaitingRequest();
    const { person, sessionId = '' } = agent;
    await endOwnSession({ ...person, actor: { ...person.actor, sessionId } });
    await refused(await read());
    await refused(await answer());
    expect(await findOwnGrantTo(person, app.clientId)).toBeUndefined();
  });

  test('of a request that wants a fresh sign-in, or of an app for members only, is of no use', async () => {
    const fresh = await aWaitingRequest({ prompt: 'login' });
    await refused(await fresh.answer());
    const members = await aWebApp({ openToOtherOrganizations: false });
    const closed = await aWaitingRequest({}, members);
    await refused(await closed.answer());
    expect(await findOwnGrantTo(closed.agent.person, members.clientId)).toBeUndefined();
  });

  test('takes grants:write to answer, and gives away nothing that the token may not do at the registry itself', async () => {
    const { agent, answer, read, tokenWith } = await aWaitingRequest();
    expect((await read(await tokenWith(['grants:read']))).status).toBe(200);
    for (const some of [['grants:read', 'read'], ['grants:write'], ['grants:write', 'write']] as TokenScope[][]) {
      const refusal = await answer(await tokenWith(some));
      expect([refusal.status, (await refusalOf(refusal)).error]).toEqual([403, 'forbidden']);
    }
    expect((await read(await tokenWith(['clients:read', 'read', 'write']))).status).toBe(403);
    expect(await findOwnGrantTo(agent.person, app.clientId)).toBeUndefined();
    // To decline gives nothing away.
    expect((await answer(await tokenWith(['grants:write']), undefined, false)).status).toBe(200);
  });
});

describe('POST /v2/oauth/grants', () => {
  test.each<[string, unknown, number, RegExp]>([
    ['without allowed', { consent_token: 'x' }, 422, /^allowed: It is needed\.$/],
    ['without a token', { allowed: true }, 422, /^consent_token: It is needed\.$/],
    ['with allowed in words', { allowed: 'yes', consent_token: 'x' }, 422, /^allowed: /],
    ['with a token that is a number', { allowed: true, consent_token: 7 }, 422, /^consent_token: /],
    ['with something else', { allowed: true, consent_token: 'x', remember: true }, 422, /^remember: /],
    ['that is no JSON', '{', 400, /./],
    ['that is a list', '[]', 400, /./],
  ])('a body %s is refused', async (_what, body, status, says) => {
    const { token } = await aWaitingRequest();
    const answer = await ask('POST', '/v2/oauth/grants', { token, body });
    expect(answer.status).toBe(status);
    expect((await refusalOf(answer)).error_description).toMatch(says);
  });

  test('as a form is 415; by another method 405', async () => {
    const { token } = await aWaitingRequest();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await ask('POST', '/v2/oauth/grants', { token, body: 'allowed=true', headers })).status).toBe(415);
    const answer = await ask('GET', '/v2/oauth/grants', { token });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  test.each([
    ['GET', '/v2/oauth/consent/x', undefined],
    ['POST', '/v2/oauth/grants', { allowed: true, consent_token: 'x' }],
  ])('%s %s without a credential, or with one of nobody, is 401', async (method, path, body) => {
    for (const authorization of [undefined, 'Basic dXNlcjpwYXNz', `Bearer clt_pat_${'0'.repeat(49)}`, 'Bearer a b c']) {
      const answer = await ask(method, path, { body, headers: authorization === undefined ? {} : { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      await refusalOf(answer);
    }
  });
});
