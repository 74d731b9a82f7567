import { describe, expect, test } from 'vitest';
import { comparableEmail, judgeEmail, normaliseEmail } from '#lib/users/email';

describe('an e-mail address', () => {
  test.each(['ada@example.com', 'a+b.c@sub.example.co.uk', 'x@localhost', "o'neil@example.com", 'ada@müller.example'])(
    '%s is accepted',
    (email) => expect(judgeEmail(email)).toEqual([]),
  );

  test.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@@example.com',
    'ada@evil.example@example.com',
    'ada＠evil.example@example.com',
    '"ada@evil.example"@example.com',
    'ada(x)@example.com',
    'ada @example.com',
    'ada@exa mple.com',
    'ada@example..com',
    '.ada@example.com',
    'ada@-example.com',
    'ada@127.0.0.1',
    'ada@[::1]',
    'ada@example.com\r\nBcc: eve@example.com',
    'ada\0@example.com',
    'ad\ud800a@example.com',
    'аdа@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}`,
  ])('%j is refused', (email) => expect(judgeEmail(email)).toHaveLength(1));

  test('is normalised before it is judged, so that no look-alike of @ survives', () => {
    expect(normaliseEmail(' Ada＠Example．COM ')).toBe('Ada@example.com');
    expect(judgeEmail('Ada＠Example．COM')).toEqual([]);
  });

  test('is the same account in any case and width', () => {
    expect(comparableEmail('ADA@Example.com')).toBe(comparableEmail('ａda@EXAMPLE.com'));
  });
});
