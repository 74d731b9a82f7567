import { expect, test } from 'vitest';
import { apis, isProgramPath } from '#lib/http/app';
import { isRegistryPath } from '#lib/resources/rules';

const prefixes = apis.flatMap((api) =>
  api.prefixes.map((prefix) => ({ ...api, prefix: prefix.replace(/:\w+/g, 'x') })),
);

test.each(prefixes)('$prefix is a protected resource as its table of routes says', ({ prefix, protects }) => {
  expect({ itself: isRegistryPath(prefix), below: isRegistryPath(`${prefix}/x`) }).toEqual({
    itself: protects !== undefined,
    below: protects === 'all below',
  });
});

test.each(prefixes.filter(({ sharedWithPages }) => !sharedWithPages))('$prefix is never a page', ({ prefix }) => {
  expect(isProgramPath(`${prefix}/x`)).toBe(true);
});

test.each([
  ['/api/auth/session', false],
  ['/api/v1', true],
  ['/api', false],
  ['/v1', false],
  ['/oauth', false],
  ['/consent/abc', false],
  ['/consent/abc/answer', true],
  ['/device', false],
  ['/device/answer', true],
  ['/device/answer/x', false],
  ['/healthz', true],
  ['/healthz/x', false],
  ['/metrics', true],
  ['/logos/x.png', true],
  ['/.well-known/openid-configuration', true],
  ['/clients', false],
  ['/', false],
])('%s is answered without a page: %s', (path, expected) => {
  expect(isProgramPath(path)).toBe(expected);
});
