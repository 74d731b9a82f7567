import { describe, expect, test } from 'vitest';
import { suggestOrigin } from '#lib/clients/rules';

describe('suggestOrigin', () => {
  test.each([
    ['https://App.example.com', 'https://app.example.com'],
    ['https://app.example.com/', 'https://app.example.com'],
    ['https://app.example.com/path?x#y', 'https://app.example.com'],
    ['https://app.example.com:443', 'https://app.example.com'],
    ['app.example.com', 'https://app.example.com'],
    ['//app.example.com:8443/', 'https://app.example.com:8443'],
    [' https://app.example.com ', 'https://app.example.com'],
    ['http://app.example.com', 'https://app.example.com'],
  ])('%s → %s', (raw, origin) => {
    expect(suggestOrigin(raw, 'production')).toBe(origin);
  });

  test('in development this machine is reached by http', () => {
    expect(suggestOrigin('http://localhost:3000/', 'development')).toBe('http://localhost:3000');
  });

  test.each([
    'https://app.example.com',
    '',
    'https://*.example.com',
    'https://a:b@app.example.com',
    'javascript:alert(1)',
    'ftp://app.example.com',
    'null',
    'http://localhost:3000',
    'https://exa mple.com',
  ])('for "%s" there is nothing to suggest', (raw) => {
    expect(suggestOrigin(raw, 'production')).toBeUndefined();
  });
});
