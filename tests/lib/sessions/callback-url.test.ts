import { describe, expect, test } from 'vitest';
import { readCallbackUrl } from '#lib/sessions/sign-in';

const appUrl = 'https://portal.example';

describe('callbackUrl', () => {
  test.each([
    ['/clients', '/clients'],
    ['/clients?page=2&q=a%20b#top', '/clients?page=2&q=a%20b#top'],
    ['https://portal.example/clients', '/clients'],
    ['/settings/../clients', '/clients'],
    ['/consent/abc?next=https://other.example', '/consent/abc?next=https://other.example'],
  ])('%j leads to %j', (raw, path) => expect(readCallbackUrl(raw, appUrl)).toBe(path));

  test.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    'https://evil.example',
    'https://portal.example.evil.example/',
    'https://portal.example@evil.example/',
    'https:evil.example',
    'http://portal.example/clients',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    '%2f%2fevil.example',
    '/%2f%2fevil.example',
    '/%2fevil.example',
    '/%5cevil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    'evil.example',
    '@evil.example',
    '',
    '/\ud800',
    `/${'a'.repeat(3000)}`,
    undefined,
    null,
    42,
    ['/clients'],
  ])('%j does not lead out of the portal', (raw) => expect(readCallbackUrl(raw, appUrl)).toBe('/clients'));
});
