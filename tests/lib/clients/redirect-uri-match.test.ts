import { describe, expect, test } from 'vitest';
import { redirectUriMatches } from '#lib/clients/rules/redirect-uris';

describe('R10 the registered URI equals the requested one', () => {
  test.each([
    ['http://127.0.0.1/cb', 'http://127.0.0.1:53211/cb'],
    ['http://127.0.0.1:8080/cb', 'http://127.0.0.1:53211/cb'],
    ['http://127.0.0.1:8080/cb', 'http://127.0.0.1/cb'],
    ['http://[::1]/cb?x=1', 'http://[::1]:53211/cb?x=1'],
    ['http://127.0.0.1', 'http://127.0.0.1:53211'],
    ['http://localhost:3118/cb', 'http://localhost:3118/cb'],
    ['https://example.com/cb?x=1', 'https://example.com/cb?x=1'],
    ['HTTPS://EXAMPLE.com/cb', 'HTTPS://EXAMPLE.com/cb'],
  ])('%s is matched by %s', (registered, requested) => expect(redirectUriMatches(registered, requested)).toBe(true));

  test.each([
    ['http://127.0.0.1/cb', 'http://localhost:53211/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:53211/cb/'],
    ['http://127.0.0.1/cb', 'https://127.0.0.1:53211/cb'],
    ['http://127.0.0.1/cb', 'http://[::1]:53211/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:0/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:65536/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:080/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:80@evil.test/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1.evil.test/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:53211/cb#x'],
    ['http://127.0.0.1/cb', 'HTTP://127.0.0.1:53211/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:53211/CB'],
    ['http://127.0.0.1/cb', 'http://127.1:53211/cb'],
    ['http://localhost/cb', 'http://localhost:53211/cb'],
    ['https://example.com/cb', 'https://example.com:443/cb'],
    ['https://example.com/cb', 'https://example.com/cb/'],
    ['https://example.com/cb', 'https://example.com/cb?x=1'],
    ['https://example.com/cb', 'https://EXAMPLE.com/cb'],
    ['https://example.com/cb', 'https://example.com/x/../cb'],
    ['https://example.com/cb', 'https://example.com/c%62'],
    ['https://example.com', 'https://example.com/'],
    ['https://127.0.0.1/cb', 'https://127.0.0.1:53211/cb'],
  ])('%s is not matched by %s', (registered, requested) =>
    expect(redirectUriMatches(registered, requested)).toBe(false),
  );
});

describe('R8 a native client that registers localhost without a port may use any port', () => {
  const matches = (registered: string, requested: string) =>
    redirectUriMatches(registered, requested, { applicationType: 'native' });

  test.each([
    ['http://localhost/cb', 'http://localhost:53211/cb'],
    ['http://localhost', 'http://localhost:53211'],
    ['http://127.0.0.1:8080/cb', 'http://127.0.0.1:53211/cb'],
  ])('%s is matched by %s', (registered, requested) => expect(matches(registered, requested)).toBe(true));

  test.each([
    ['http://localhost:3118/cb', 'http://localhost:53211/cb'],
    ['http://localhost:3118/cb', 'http://localhost/cb'],
    ['http://localhost/cb', 'http://127.0.0.1:53211/cb'],
    ['http://127.0.0.1/cb', 'http://localhost:53211/cb'],
    ['http://localhost/cb', 'http://localhost:53211/cb/'],
    ['http://localhost/cb', 'https://localhost:53211/cb'],
    ['http://localhost/cb', 'http://localhost:0/cb'],
    ['http://localhost/cb', 'http://localhost:53211@evil.test/cb'],
    ['http://localhost/cb', 'http://localhost.evil.test:53211/cb'],
    ['http://localhost/cb', 'http://LOCALHOST:53211/cb'],
    ['https://localhost/cb', 'https://localhost:53211/cb'],
    ['https://example.com/cb', 'https://example.com:8443/cb'],
  ])('%s is not matched by %s', (registered, requested) => expect(matches(registered, requested)).toBe(false));
});

test('R10 the port of localhost is compared exactly for every other application type', () => {
  for (const applicationType of ['web', 'spa', 'device', 'machine'] as const)
    expect(redirectUriMatches('http://localhost/cb', 'http://localhost:3000/cb', { applicationType })).toBe(false);
});
