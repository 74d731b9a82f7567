import { describe, expect, test } from 'vitest';
import { type Agent, aPersonsAgent, authorizationUrl, aWebApp, locationOf, pkce, redeem } from '#support/authorizing';
import '#support/database';
import { origin } from '#support/listening';

const redirect_uri = 'com.example.app:/callback';
const html = { accept: 'text/html,application/xhtml+xml' };

/** A person who pressed a button of the page that asks, in a browser, for an app with a scheme of its own. */
async function anAnswer(decision: 'allow' | 'cancel') {
  const app = await aWebApp({
    applicationType: 'native',
    tokenEndpointAuthMethod: 'none',
    redirectUris: [redirect_uri],
  });
  const agent = await aPersonsAgent();
  const { verifier, challenge } = pkce();
  const asked = { redirect_uri, code_challenge: challenge, code_challenge_method: 'S256', state: `a'"<b>&c` };
  const consent = new URL(locationOf(await agent.go(authorizationUrl(app, asked))));
  const posted = await agent.go(`${consent.pathname}/answer?lang=it`, {
    method: 'POST',
    body: new URLSearchParams({ decision }),
    headers: { origin },
  });
  const resumption = locationOf(posted);
  const shown = await agent.go(resumption, { headers: html });
  return { app, agent, verifier, resumption, shown, text: await shown.text() };
}

const unescaped = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
const opened = (text: string) => new URL(unescaped(/content="0;url=([^"]*)"/.exec(text)?.[1] ?? ''));
const formOf = (text: string) => ({
  action: unescaped(/action="([^"]*)"/.exec(text)?.[1] ?? ''),
  answer: unescaped(/name="answer" value="([^"]*)"/.exec(text)?.[1] ?? ''),
});
const again = (
  agent: Agent,
  { action, answer }: ReturnType<typeof formOf>,
  headers: Record<string, string> = { origin },
) => agent.go(action, { method: 'POST', body: new URLSearchParams({ answer }), headers });

describe('an answer that leads to an app on the device', () => {
  test('comes on a page that opens the app by itself, loads nothing and is kept by nobody', async () => {
    const { shown, text } = await anAnswer('allow');
    expect([shown.status, shown.headers.get('location'), shown.headers.get('cache-control')]).toEqual([
      200,
      null,
      'no-store',
    ]);
    const policy = shown.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' com.example.app:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(text).not.toContain('<script');
    expect(text).toContain('<html lang="it">');
    expect(text).toContain('Puoi chiudere questa scheda');
    const { protocol, searchParams } = opened(text);
    expect([protocol, searchParams.get('state'), searchParams.get('iss')]).toEqual([
      'com.example.app:',
      `a'"<b>&c`,
      origin,
    ]);
    expect(searchParams.get('code')).toBeTruthy();
    expect(text).not.toContain('<b>');
  });

  test('opens the app again while its code lives, and not once it is redeemed', async () => {
    const { app, agent, verifier, text } = await anAnswer('allow');
    const form = formOf(text);
    expect(form.answer).not.toContain(opened(text).searchParams.get('code'));
    const second = await again(agent, form);
    expect([second.status, locationOf(second)]).toEqual([303, opened(text).href]);
    const { status } = await redeem(app, opened(text).searchParams.get('code') ?? '', {
      redirect_uri,
      code_verifier: verifier,
    });
    expect(status).toBe(200);
    const third = await again(agent, form);
    expect([third.status, third.headers.get('location')]).toEqual([200, null]);
    expect(await third.text()).toContain('L’app ha la tua risposta');
  });

  test('is opened again only from its own page, and by no answer that is made up or another request’s', async () => {
    const [one, other] = [await anAnswer('allow'), await anAnswer('allow')];
    const form = formOf(one.text);
    for (const headers of [{ origin: 'https://evil.example' }, {}] as Record<string, string>[])
      expect((await again(one.agent, form, headers)).status).toBe(403);
    for (const answer of ['', 'x', 'a b', formOf(other.text).answer, form.answer.slice(0, -9)]) {
      const refused = await again(one.agent, { ...form, answer });
      expect([refused.status, refused.headers.get('location')]).toEqual([200, null]);
    }
  });

  test('a no has the same page', async () => {
    const { agent, text } = await anAnswer('cancel');
    expect(opened(text).searchParams.get('error')).toBe('access_denied');
    expect(locationOf(await again(agent, formOf(text)))).toBe(opened(text).href);
  });

  test('to reload the page says that the request is over, and opens nothing', async () => {
    const { agent, resumption } = await anAnswer('allow');
    const reloaded = await agent.go(resumption, { headers: html });
    expect([reloaded.headers.get('x-page'), reloaded.headers.get('location')]).toEqual([
      expect.stringMatching(/^\/consent\//),
      null,
    ]);
  });
});

test.each([
  ['a website', 'https://app.example.com/callback', {}],
  ['a program on this machine', 'http://127.0.0.1:8123/callback', { applicationType: 'native' as const }],
])('an answer that leads to %s is a redirect, as that shows a page of its own', async (_title, uri, values) => {
  const app = await aWebApp({ ...values, redirectUris: [uri] });
  const agent = await aPersonsAgent();
  const asked = { redirect_uri: uri, code_challenge: pkce().challenge, code_challenge_method: 'S256' };
  const { pathname } = new URL(locationOf(await agent.go(authorizationUrl(app, asked))));
  const body = new URLSearchParams({ decision: 'allow' });
  const posted = await agent.go(`${pathname}/answer`, { method: 'POST', body, headers: { origin } });
  const left = await agent.go(locationOf(posted), { headers: html });
  expect(left.status).toBe(303);
  expect(locationOf(left)).toContain(`${uri}?code=`);
});
