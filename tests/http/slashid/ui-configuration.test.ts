import { beforeEach, describe, expect, test } from 'vitest';
import { clientAppearances } from '#db/schema/client-appearance';
import { db } from '#support/database';
import { anOrg, call, machine, messagesOf } from '#support/slashid';

const whole = {
  logoUrl: 'https://site.example/logo.png',
  faviconUrl: 'https://site.example/favicon.ico',
  pageTitle: 'Sign in to Site',
  pageBackgroundColor: '#336699',
  showBadge: false,
  storeLastFactor: true,
  handleTypes: ['email_address', 'phone_number'],
  supportURL: 'https://site.example/help',
  alternativeAuthURL: 'https://site.example/join',
  themeVars: { '--sid-color-primary': 'rgb(0 0 0 / 50%)', fontFamily: '"Inter", sans-serif' },
  textOverrides: { 'initial.title': 'Welcome\nback' },
  dynamicFlowConfig: { steps: [{ when: 'new', offer: ['email_link'] }] },
  dynamicFlowEnabled: true,
  somethingOfOurs: { deep: [1, null, 'x'] },
};

let mine: Awaited<ReturnType<typeof anOrg>>;
let path: string;
beforeEach(async () => {
  mine = await anOrg();
  path = `/oauth2/clients/${(await mine.make(machine)).client_id}/ui-configuration`;
});
const look = async () => (await call('GET', path, mine)).json();
const put = (body: object) => call('PUT', path, { ...mine, body });

describe('a UI configuration', () => {
  test('is empty at first; what is put is answered with 201 and read back, members of the caller’s own too', async () => {
    expect(await look()).toEqual({ result: {} });
    const answer = await put(whole);
    expect([answer.status, await answer.json()]).toEqual([201, { result: whole }]);
    expect(await look()).toEqual({ result: whole });
  });

  test('is replaced whole; null is as good as left out', async () => {
    await put(whole);
    expect(await (await put({ pageTitle: 'Other', logoUrl: null, ours: null })).json()).toEqual({
      result: { pageTitle: 'Other' },
    });
    expect(await look()).toEqual({ result: { pageTitle: 'Other' } });
    await put({});
    expect(await look()).toEqual({ result: {} });
  });

  test('goes with its client', async () => {
    await put(whole);
    expect(await db.select().from(clientAppearances)).not.toEqual([]);
    const before = (await db.select().from(clientAppearances)).length;
    await call('DELETE', path.replace('/ui-configuration', ''), mine);
    expect(await db.select().from(clientAppearances)).toHaveLength(before - 1);
  });

  test.each<[string, unknown]>([
    ['logoUrl', 'http://site.example/logo.png'],
    ['logoUrl', 'javascript:alert(1)'],
    ['logoUrl', 'data:image/svg+xml;base64,PHN2Zz4='],
    ['logoUrl', '//site.example/logo.png'],
    ['logoUrl', 'https://user:pass@site.example/logo.png'],
    ['logoUrl', 7],
    ['faviconUrl', `https://site.example/${'x'.repeat(2048)}`],
    ['supportURL', 'mailto:help@site.example'],
    ['alternativeAuthURL', 'https://127.1/'],
    ['pageTitle', 'x'.repeat(101)],
    ['pageTitle', 'good\u202ebad'],
    ['pageTitle', 'two\nlines'],
    ['pageTitle', ['x']],
    ['pageBackgroundColor', 'red;background:url(https://evil.example)'],
    ['pageBackgroundColor', 'url(https://evil.example)'],
    ['pageBackgroundColor', '#12'],
    ['pageBackgroundColor', 'rgb(1,2,3'],
    ['showBadge', 'yes'],
    ['storeLastFactor', 1],
    ['handleTypes', 'email_address'],
    ['handleTypes', ['Email Address']],
    ['handleTypes', Array(11).fill('email_address')],
    ['themeVars', { '--a': 'red; } body { display: none' }],
    ['themeVars', { '--a': 'url("https://evil.example")' }],
    ['themeVars', { '--a': 'image-set("x")' }],
    ['themeVars', { '--a': '\\75rl(x)' }],
    ['themeVars', { '--a': 'red /* ' }],
    ['themeVars', { '--a': '"open' }],
    ['themeVars', { '--a': 'rgb(1' }],
    ['themeVars', { '--a': 'x'.repeat(201) }],
    ['themeVars', { 'a b': 'red' }],
    ['themeVars', { '--a': 1 }],
    ['themeVars', Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`--a${at}`, 'red']))],
    ['textOverrides', { 'a key': 'x' }],
    ['textOverrides', { title: 'x'.repeat(1001) }],
    ['textOverrides', { title: 'good\u202ebad' }],
    ['textOverrides', { title: null }],
    ['textOverrides', Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`a${at}`, 'x']))],
    ['textOverrides', []],
    ['dynamicFlowConfig', []],
    ['dynamicFlowEnabled', 'true'],
    ['appearance', undefined],
  ])('with %s = %j is 400 and says which member', async (member, value) => {
    const body = value === undefined ? { ours: 'x'.repeat(32 * 1024) } : { [member]: value };
    const answer = await put(body);
    expect(answer.status).toBe(400);
    expect((await messagesOf(answer))[0]?.startsWith(member)).toBe(true);
    expect(await look()).toEqual({ result: {} });
  });

  test('with several wrong members hears of each', async () => {
    const answer = await put({ logoUrl: 'x', pageTitle: 'y'.repeat(200), pageBackgroundColor: 'z' });
    const members = (await messagesOf(answer)).map((message) => message.split(':')[0]);
    expect(members.sort()).toEqual(['logoUrl', 'pageBackgroundColor', 'pageTitle']);
  });
});
