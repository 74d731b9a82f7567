import { describe, expect, test } from 'vitest';
import { namesAbove, readDomain } from '#lib/domains/find';

describe('a domain', () => {
  test.each([
    ['example.com', 'example.com'],
    [' Example.COM. ', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['ａｐｐ.example。com', 'app.example.com'],
    ['preview.acme.co.uk', 'preview.acme.co.uk'],
    ['acme.github.io', 'acme.github.io'],
    ['corp.internal', 'corp.internal'],
  ])('%j is %j', (raw, domain) => expect(readDomain(raw)).toBe(domain));

  test.each([
    ...['', ' ', '.', 'a..example', '-a.example', 'a-.example', 'a_b.example', `${'x'.repeat(64)}.example`],
    ...['https://example.com', 'example.com/', 'example.com:443', 'user@example.com', '*.example.com', 'exa mple.com'],
    ...[
      '127.0.0.1',
      '[::1]',
      '2130706433',
      '0x7f.1',
      'exam\tple.com',
      'ex%61mple.com',
      'example.com\\a',
      'a.\u0000b.example',
    ],
    `${'x.'.repeat(125)}example`,
  ])('%j is refused', (raw) => expect(() => readDomain(raw)).toThrow('Write a domain name alone'));

  test.each([
    'com',
    'co.uk',
    'github.io',
    'vercel.app',
    'GitHub.IO',
    'localhost',
    'example',
    'blogspot.com',
    's3.amazonaws.com',
  ])('%s is a suffix under which strangers have names', (raw) => expect(() => readDomain(raw)).toThrow());

  test('app.localhost is not a public domain', () =>
    expect(() => readDomain('app.localhost')).toThrow('Every machine'));
});

test('the names above a host, the nearest first', () => {
  expect(namesAbove('A.b.example')).toEqual(['a.b.example', 'b.example', 'example']);
  expect(namesAbove(`${'a.'.repeat(1000)}example`)).toEqual([]);
});
