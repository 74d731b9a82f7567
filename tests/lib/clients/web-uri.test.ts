import { describe, expect, test } from 'vitest';
import { judgeForeignHost, judgeWebUri, withHttps } from '#lib/clients/rules/web-uri';

const page = { field: 'clientUri', rule: 'M13', environment: 'production' } as const;

describe('M13 pages and images', () => {
  test.each([
    'https://example.com',
    'https://example.com/terms?x=1',
    'https://example.com/#about',
    'https://xn--bcher-kva.example/',
  ])('accepts %s', (raw) => expect(judgeWebUri(raw, page)).toEqual([]));
  test.each([
    '',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'data:image/svg+xml;base64,PHN2Zz4=',
    'vbscript:x',
    'blob:https://example.com/x',
    'file:///etc/passwd',
    'mailto:a@example.com',
    'http://example.com/',
    'http://localhost/',
    '//example.com/',
    'example.com',
    'https:example.com',
    'https://',
    'https://u:p@example.com/',
    'https://example.com\\@evil.test/',
    'https://example.com/"onclick="x',
    'https://example.com/<script>',
    'https://example.com/a b',
    'https://example.com/#"x',
    'https://bücher.example/',
    'https://example.com/%zz',
    'https://exa\ud800mple.com/',
    'https://127.1/',
    `https://example.com/${'a'.repeat(2048)}`,
  ])('refuses %j', (raw) => {
    const issues = judgeWebUri(raw, page);
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues) expect(issue).toMatchObject({ field: 'clientUri', rule: 'M13', severity: 'error' });
  });
  test('http on this machine is for development only', () => {
    expect(judgeWebUri('http://localhost:3000/', { ...page, environment: 'development' })).toEqual([]);
    expect(judgeWebUri('http://127.0.0.1/', { ...page, environment: 'development' })).toEqual([]);
    expect(judgeWebUri('http://127.0.0.1/', { ...page, environment: 'staging' })).toHaveLength(1);
    expect(judgeWebUri('http://example.com/', { ...page, environment: 'development' })).toHaveLength(1);
  });
  test('another host than the redirect URIs have is a finding', () => {
    const redirects = ['https://app.example.com/cb', 'com.example:/cb'];
    expect(judgeForeignHost('https://app.example.com/terms', redirects, 'tosUri')).toEqual([]);
    expect(judgeForeignHost('https://other.example/', redirects, 'tosUri')).toMatchObject([
      { field: 'tosUri', rule: 'M13', severity: 'warning' },
    ]);
    expect(judgeForeignHost('https://other.example/', ['com.example:/cb'], 'tosUri')).toEqual([]);
  });
});

test('M18 a back channel takes no fragment', () =>
  expect(
    judgeWebUri('https://example.com/logout#x', {
      field: 'backchannelLogoutUri',
      rule: 'M18',
      environment: 'production',
    }),
  ).toMatchObject([{ rule: 'M18' }]));

test.each([
  ['bot.example', 'https://bot.example'],
  ['//bot.example/x', 'https://bot.example/x'],
  ['bot.example:8443/x', 'https://bot.example:8443/x'],
  ['localhost:3000', 'https://localhost:3000'],
  ['http://bot.example', 'http://bot.example'],
  ['javascript:alert(1)', 'javascript:alert(1)'],
])('an address without a scheme gets https: %s', (raw, complete) => expect(withHttps(raw)).toBe(complete));
