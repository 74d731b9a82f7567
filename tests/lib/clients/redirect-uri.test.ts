import { describe, expect, test } from 'vitest';
import { judgeRedirectUri, type RedirectContext } from '#lib/clients/rules/redirect-uri';
import { judgeRedirectUris } from '#lib/clients/rules/redirect-uris';

const web: RedirectContext = { applicationType: 'web', environment: 'production', confidential: true };
const spa: RedirectContext = { applicationType: 'spa', environment: 'production', confidential: false };
const native: RedirectContext = { applicationType: 'native', environment: 'production', confidential: false };

const refused = (raw: string, context: RedirectContext) =>
  judgeRedirectUri(raw, context)
    .filter((issue) => issue.severity === 'error')
    .map((issue) => issue.rule);
const found = (raw: string, context: RedirectContext) =>
  judgeRedirectUri(raw, context)
    .filter((issue) => issue.severity === 'warning')
    .map((issue) => issue.rule);

describe('accepted without a finding', () => {
  test.each([
    ['R7', 'http://127.0.0.1/cb'],
    ['R7', 'http://[::1]:8123/cb'],
    ['R7', 'com.example.app:/oauth/cb'],
    ['R7', 'https://app.example.com/cb?x=1'],
    ['R9', 'com.example.app://host/callback'],
    ['R9', 'com.example.app://auth.example.com/ios/com.example.app/callback'],
    ['R9', 'com.example.app:///callback'],
    ['R9', 'com.example.app://callback'],
    ['R9', 'com.example.app://'],
    ['R9', 'com.example.app:callback'],
    ['R9', 'com.googleusercontent.apps.123-abc:/oauth2redirect'],
    ['R9', 'msauth.com.example.app://auth'],
    ['R9', 'com.example.app://host:8081/cb'],
    ['R9', 'goose://oauth/callback'],
    ['R9', 'jetbrains://idea/oauth/callback'],
    ['R9', 'kiro://kiro.oauth/callback'],
    ['R9', 'cursor://anysphere.cursor-retrieval/oauth/callback'],
    ['R9', 'vscode://vscode.github-authentication/did-authenticate'],
    ['R9', 'claude://claude.ai/callback'],
  ])('%s native: %s', (_rule, raw) => expect(judgeRedirectUri(raw, native)).toEqual([]));

  test.each([
    ['R6', 'https://example.com/cb'],
    ['R3', 'https://xn--bcher-kva.example/cb'],
    ['R3', 'https://example.com:8443/cb'],
    ['R3', 'https://my_app.example.com/cb'],
    ['R3', 'https://intranet/cb'],
    ['R3', 'https://[2001:db8::1]/cb'],
    ['R3', 'https://example.com/a%20b/c%C3%A9?x=%2e%2e'],
    ['R3', 'https://example.com/.well-known/cb/...'],
  ])('%s web and spa: %s', (_rule, raw) => {
    expect(judgeRedirectUri(raw, web)).toEqual([]);
    expect(judgeRedirectUri(raw, spa)).toEqual([]);
  });
});

describe('refused for every application type', () => {
  test.each([
    ['R3', 'http://127.0.0.1:0/cb'],
    ['R2', 'https://example.com/cb#'],
    ['R2', 'https://example.com/cb#x'],
    ['R3', 'https://u:p@example.com/cb'],
    ['R3', 'https://example.com\\@evil.test/cb'],
    ['R5', 'http://example.com/cb'],
    ['R4', 'javascript:alert(1)'],
    ['R12', 'https://*.example.com/cb'],
    ['R12', 'https://example.com/*'],
    ['R1', '//example.com/cb'],
    ['R1', 'https:example.com'],
    ['R1', ''],
    ['R3', `https://example.com/${'a'.repeat(2048)}`],
    ['R3', 'https://bücher.example/cb'],
  ])('%s %s', (rule, raw) => {
    for (const context of [web, spa, native]) expect(refused(raw, context)).toContain(rule);
  });

  test.each(['myapp:/cb', 'com..example:/cb', 'com.-example:/cb', 'note://com.example/cb'])('R9 %s', (raw) => {
    expect(refused(raw, native)).toEqual(['R9']);
    expect(refused(raw, web)).toEqual(['R6']);
    expect(refused(raw, spa)).toEqual(['R5']);
  });
});

describe('messages name the fix', () => {
  test.each([
    ['R10', 'HTTPS://EXAMPLE.com/cb', web, 'https://example.com/cb'],
    ['R10', 'https://example.com', web, 'https://example.com/'],
    ['R1', 'https:example.com', web, 'https://example.com'],
    ['R1', '//example.com/cb', web, 'https://example.com/cb'],
    ['R1', 'example.com/cb', web, 'https://example.com/cb'],
    ['R2', 'https://example.com/cb#x', web, 'https://example.com/cb'],
    ['R3', 'https://bücher.example/cb', web, 'xn--bcher-kva.example'],
    ['R3', 'https://[2001:0db8::1]/cb', web, '[2001:db8::1]'],
    ['R1', 'https://example.com/é', web, '%C3%A9'],
    ['R5', 'http://example.com/cb', web, 'https://example.com/cb'],
    ['R1', 'com.my_app:/cb', native, 'Remove "_"'],
    ['R1', '"https://example.com/cb"', web, 'Remove what stands around the URI: https://example.com/cb'],
    ['R1', '<https://example.com/cb>', web, 'Remove what stands around the URI: https://example.com/cb'],
    ['R1', 'https://a.example/cb https://b.example/cb', web, 'https://a.example/cb · https://b.example/cb'],
    ['R1', '["https://a.example/cb","https://b.example/cb"]', web, 'https://a.example/cb · https://b.example/cb'],
    ['R3', 'https://example.com/c\u200bb', web, 'U+200B'],
    ['R1', '/callback', web, 'https://app.example.com/callback'],
    ['R1', 'callback', web, 'https://app.example.com/callback'],
    ['R9', 'myapp:/cb', native, 'com.example.myapp:/callback'],
    ['R11', 'http://127.1/cb', native, '127.0.0.1'],
  ])('%s %s', (rule, raw, context, fix) => {
    const messages = judgeRedirectUri(raw, context).filter((issue) => issue.rule === rule);
    expect(messages.map((issue) => issue.message).join()).toContain(fix);
  });
});

describe('findings', () => {
  test.each([
    'HTTPS://EXAMPLE.com/cb',
    'https://example.com',
    'https://example.com?x=1',
    'https://example.com/cb?',
    'https://example.com:443/cb',
  ])('R10 %s is accepted with a warning', (raw) => {
    expect(refused(raw, web)).toEqual([]);
    expect(found(raw, web)).toEqual(['R10']);
  });

  test('R8 localhost of a native application is accepted with a warning', () => {
    expect(refused('http://localhost:3118/cb', native)).toEqual([]);
    expect(found('http://localhost:3118/cb', native)).toEqual(['R8']);
  });

  test('R8 https on the own machine is accepted from web with a warning, R7 from native refused', () => {
    expect(found('https://localhost:3000/cb', web)).toEqual(['R8']);
    expect(refused('https://localhost:3000/cb', web)).toEqual([]);
    expect(refused('https://localhost:3000/cb', native)).toEqual(['R7']);
    expect(refused('https://127.0.0.2/cb', native)).toEqual(['R7']);
  });
});

describe('R3 the authority of a scheme of its own', () => {
  test.each(['com.example.app://user@host/cb', 'com.example.app://host:0/cb', 'com.example.app://h%20st/cb'])(
    '%s is refused',
    (raw) => expect(refused(raw, native)).toEqual(['R3']),
  );
});

describe('R4 handlers of the system are never accepted', () => {
  test.each(
    'ms-msdt:/id ms-settings:x ms-word:ofe search-ms:query tel:1 sms:1 intent://x itms-services://?action market://details shortcuts://run x-apple.systempreferences:com.apple'.split(
      ' ',
    ),
  )('%s', (raw) => {
    const [scheme = ''] = raw.split(':');
    expect(refused(raw, native)).toEqual(['R4']);
    expect(refused(raw, { ...native, allowedSchemes: [scheme] })).toEqual(['R4']);
  });
});

describe('R1 a second URI inside one', () => {
  test.each([
    ['https://a.example/cb,https://b.example/cb', 'https://b.example/cb'],
    ['https://a.example/cbhttps://b.example/cb', 'https://b.example/cb'],
    ['https://a.example/cb?next=https://b.example/', 'https://b.example/'],
    ['https://a.example/cb%20https://b.example/cb', 'https://b.example/cb'],
  ])('%s is accepted with a warning', (raw, second) => {
    expect(judgeRedirectUri(raw, web)).toMatchObject([{ rule: 'R1', severity: 'warning' }]);
    expect(judgeRedirectUri(raw, web)[0]?.message).toContain(second);
  });
  test('one that is percent-encoded is a parameter like any other', () =>
    expect(judgeRedirectUri('https://a.example/cb?next=https%3A%2F%2Fb.example', web)).toEqual([]));
});

describe('R8 http on loopback for web and spa', () => {
  const uris = ['http://localhost:3000/cb', 'http://127.0.0.1:3000/cb', 'http://[::1]/cb'];
  test.each(uris)('development accepts %s', (raw) => {
    expect(judgeRedirectUri(raw, { ...web, environment: 'development' })).toEqual([]);
    expect(judgeRedirectUri(raw, { ...spa, environment: 'development' })).toEqual([]);
  });
  test.each(uris)('staging and production refuse %s', (raw) => {
    for (const context of [web, spa]) {
      expect(refused(raw, { ...context, environment: 'staging' })).toEqual(['R8']);
      expect(refused(raw, { ...context, environment: 'production' })).toEqual(['R8']);
    }
  });
  test('R5 development allows no other http', () => {
    expect(refused('http://example.com/cb', { ...web, environment: 'development' })).toEqual(['R5']);
    expect(refused('http://192.168.0.1/cb', { ...web, environment: 'development' })).toEqual(['R5']);
  });
});

describe('R6 a confidential native client', () => {
  const confidential = { ...native, confidential: true };
  test('may not use http or a custom scheme', () => {
    expect(refused('http://127.0.0.1/cb', confidential)).toEqual(['R6']);
    expect(refused('com.example.app:/cb', confidential)).toEqual(['R6']);
  });
  test('may use https, a listed scheme, and loopback in development', () => {
    expect(refused('https://example.com/cb', confidential)).toEqual([]);
    expect(refused('claude://claude.ai/cb', confidential)).toEqual([]);
    expect(refused('http://127.0.0.1/cb', { ...confidential, environment: 'development' })).toEqual([]);
  });
});

describe('R9 the allow-list is given by the caller', () => {
  test('a scheme on it is accepted, one that is not is refused', () => {
    expect(refused('example://cb', { ...native, allowedSchemes: ['example'] })).toEqual([]);
    expect(refused('cursor://cb', { ...native, allowedSchemes: ['example'] })).toEqual(['R9']);
  });
  test.each(['cursor:', 'cursor://', 'cursor:///', 'cursor://host:80/cb'])('%s has no destination', (raw) =>
    expect(refused(raw, native)).toEqual(['R9']),
  );
  test('R4 cannot be put on it', () =>
    expect(refused('javascript:alert(1)', { ...native, allowedSchemes: ['javascript'] })).toEqual(['R4']));
});

describe('R11 disguised loopback', () => {
  test.each([
    'http://127.1/cb',
    'http://0x7f.1/cb',
    'http://2130706433/cb',
    'http://localhost./cb',
    'http://app.localhost/cb',
    'http://[::ffff:127.0.0.1]/cb',
    'http://[0:0:0:0:0:0:0:1]/cb',
    'http://[::]/cb',
    'http://0.0.0.0/cb',
    'http://0/cb',
    'http://127.0.0.2/cb',
    'http://0177.0.0.1/cb',
  ])('%s is refused everywhere, in development too', (raw) => {
    for (const context of [web, spa, native]) {
      expect(refused(raw, context)).toEqual(['R11']);
      expect(refused(raw, { ...context, environment: 'development' })).toEqual(['R11']);
    }
  });
});

describe('the list', () => {
  test('R13 is required when a grant redirects', () => {
    expect(judgeRedirectUris([], { ...web, required: true })).toMatchObject([{ field: 'redirectUris', rule: 'R13' }]);
    expect(judgeRedirectUris([], web)).toEqual([]);
  });

  test('R17 names the index of the refused one', () => {
    expect(judgeRedirectUris(['https://example.com/a', 'http://example.com/b'], web)).toMatchObject([
      { field: 'redirectUris.1', rule: 'R5', severity: 'error' },
    ]);
  });

  test('R3 refuses a duplicate and names the first', () => {
    const issues = judgeRedirectUris(['https://example.com/a', 'https://example.com/a'], web);
    expect(issues).toMatchObject([{ field: 'redirectUris.1', rule: 'R3', severity: 'error' }]);
    expect(issues[0]?.message).toContain('number 1');
  });

  test('R3 accepts 20, or as many as the channel says', () => {
    const uris = (count: number) => Array.from({ length: count }, (_, index) => `https://example.com/${index}`);
    expect(judgeRedirectUris(uris(20), web)).toEqual([]);
    expect(judgeRedirectUris(uris(21), web)).toMatchObject([{ field: 'redirectUris', rule: 'R3' }]);
    expect(judgeRedirectUris(uris(13), { ...web, max: 12 })).toMatchObject([{ field: 'redirectUris', rule: 'R3' }]);
    expect(judgeRedirectUris(uris(10_000), web)).toHaveLength(1);
  });
});
