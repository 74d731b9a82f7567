import { expect, test } from 'vitest';
import { closestRedirectUri, nearMiss } from '#lib/refusals/rules';

const registered = ['https://app.example.com/oauth/callback', 'https://staging.example.com/oauth/callback'];
const differs = (asked: string) => {
  const { uri, differences } = closestRedirectUri(asked, registered) ?? { uri: '', differences: [] };
  return [uri, ...differences.map((one) => `${one.part}: ${one.registered} ≠ ${one.asked}`)];
};

test.each([
  ['https://app.example.com/oauth/callback/', registered[0], 'path: /oauth/callback ≠ /oauth/callback/'],
  ['https://app.example.com/oauth/Callback', registered[0], 'path: /oauth/callback ≠ /oauth/Callback'],
  ['https://app.example.com/oauth%2Fcallback', registered[0], 'path: /oauth/callback ≠ /oauth%2Fcallback'],
  ['http://app.example.com/oauth/callback', registered[0], 'scheme: https ≠ http'],
  ['https://app.example.com:8443/oauth/callback', registered[0], 'port:  ≠ 8443'],
  ['https://staging.example.com/callback', registered[1], 'path: /oauth/callback ≠ /callback'],
  ['https://APP.example.com/oauth/callback', registered[0], 'host: app.example.com ≠ APP.example.com'],
  ['nonsense', registered[0], `spelling: ${registered[0]} ≠ nonsense`],
])('%s is closest to %s: %s', (asked, uri, difference) => {
  expect(differs(asked)).toEqual([uri, difference]);
});

test('without registered URIs there is no closest one', () => {
  expect(closestRedirectUri('https://app.example.com/', [])).toBeUndefined();
});

test.each([
  ['/oauth/callback', '/oauth/callback/', 'slash_added'],
  ['/oauth/callback/', '/oauth/callback', 'slash_missing'],
  ['/oauth/callback', '/oauth/Callback', 'case'],
  ['/oauth/callback', '/oauth%2fcallback', 'encoding'],
  ['/oauth/callback', '/oauth/%', undefined],
  ['/oauth/callback', '/callback', undefined],
  ['/oauth/callback', '/oauth/callback', undefined],
])('%s and %s: %s', (here, there, miss) => {
  expect(nearMiss(here, there)).toBe(miss);
});
