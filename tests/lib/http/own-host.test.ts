import { describe, expect, test } from 'vitest';
import { ownHostReader } from '#lib/http/judge-request';

describe('a portal on loopback', () => {
  const isOwn = ownHostReader(new URL('http://127.0.0.1:3000'));

  test.each(['127.0.0.1:3000', 'localhost:3000', '[::1]:3000'])('answers programs under %s', (host) => {
    expect(isOwn(host, true)).toBe(true);
  });

  test('has one origin for pages', () => {
    expect(isOwn('127.0.0.1:3000', false)).toBe(true);
    expect(isOwn('localhost:3000', false)).toBe(false);
  });

  test.each(['localhost', 'localhost:3001', 'evil.example', '127.0.0.1:3000.evil.example', '', undefined])(
    'is not %s',
    (host) => {
      expect(isOwn(host, true)).toBe(false);
    },
  );
});

test('a public portal has no loopback names', () => {
  const isOwn = ownHostReader(new URL('https://apps.example'));
  expect(isOwn('apps.example', true)).toBe(true);
  expect(isOwn('localhost', true)).toBe(false);
});
