import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { aPersonsAgent, authorizationUrl, aWebApp, locationOf, pkce, redeem } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';

const redirect_uri = 'com.example.app:/callback';
const html = { accept: 'text/html,application/xhtml+xml' };

/** A person who pressed a button of the page that asks, in a browser, for an app with a scheme of its own. */
async function anAnswer(decision: 'allow' | 'cancel', state = `a'"<b>&c`) {
  const app = await aWebApp({
    applicationType: 'native',
    tokenEndpointAuthMethod: 'none',
    redirectUris: [redirect_uri],
  });
  const agent = await aPersonsAgent();
  const { verifier, challenge } = pkce();
  const asked = { redirect_uri, code_challenge: challenge, code_challenge_method: 'S256', state };
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
const linkOf = (text: string) => unescaped(/<a href="([^"]*)"/.exec(text)?.[1] ?? '');

/** The page that offers nothing more to press. */
async function expectOver(answer: Response) {
  expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
  const text = await answer.text();
  expect(text).toContain('L’app ha la tua risposta');
  expect(linkOf(text)).toBe('');
}

describe('an answer that leads to an app on the device', () => {
  test('is a page that opens the app, loads nothing and is not cached', async () => {
    const { shown, text } = await anAnswer('allow');
    expect([shown.status, shown.headers.get('location'), shown.headers.get('cache-control')]).toEqual([
      200,
      null,
      'no-store',
    ]);
    const policy = shown.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'none'");
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

  test('opens the app again as often as its link is followed while its code lives, and not once it is redeemed', async () => {
    const { app, agent, verifier, text } = await anAnswer('allow');
    const code = opened(text).searchParams.get('code') ?? '';
    const link = linkOf(text);
    expect(link).not.toContain(code);
    expect(text.replaceAll(opened(text).href, '').split(code)).toHaveLength(2);
    for (const _ of [1, 2]) {
      const next = await agent.go(link);
      expect([next.status, locationOf(next), next.headers.get('cache-control')]).toEqual([
        303,
        opened(text).href,
        'no-store',
      ]);
    }
    expect((await redeem(app, code, { redirect_uri, code_verifier: verifier })).status).toBe(200);
    await expectOver(await agent.go(link));
  });

  test('opens nothing by a code that has expired', async () => {
    const { agent, text } = await anAnswer('allow');
    await db
      .update(artifacts)
      .set({ expiresAt: new Date(0) })
      .where(eq(artifacts.kind, 'AuthorizationCode'));
    await expectOver(await agent.go(linkOf(text)));
  });

  test('is opened again only in its own browser, and not with a forged or another answer', async () => {
    const [one, other] = [await anAnswer('allow'), await anAnswer('allow')];
    const link = linkOf(one.text);
    const strangers = [await aPersonsAgent(), other.agent, { go: (url: string) => fetch(url, { redirect: 'manual' }) }];
    for (const { go } of strangers) await expectOver(await go(link));
    const theirs = new URL(linkOf(other.text)).searchParams.get('answer') ?? '';
    const { searchParams } = new URL(link);
    for (const answer of ['', 'x', 'a b', theirs, searchParams.get('answer')?.slice(0, -9) ?? '']) {
      const changed = new URL(link);
      changed.searchParams.set('answer', answer);
      await expectOver(await one.agent.go(changed.href));
    }
  });

  test('Cancel has the same page', async () => {
    const { agent, text } = await anAnswer('cancel');
    expect(opened(text).searchParams.get('error')).toBe('access_denied');
    expect(locationOf(await agent.go(linkOf(text)))).toBe(opened(text).href);
  });

  test('is opened once where it is too long for a link', async () => {
    const { text } = await anAnswer('allow', 'x'.repeat(7000));
    expect(opened(text).searchParams.get('state')).toHaveLength(7000);
    expect(linkOf(text)).toBe('');
    expect(text).toContain('ricomincia dall’app');
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
