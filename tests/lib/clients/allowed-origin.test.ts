import { describe, expect, test } from 'vitest';
import { judgeAllowedOrigins } from '#lib/clients/rules/allowed-origin';

const production = { environment: 'production' } as const;

describe('allowed origins', () => {
  test.each(['https://app.example.com', 'https://app.example.com:8443', 'https://[2001:db8::1]'])('accepts %s', (raw) =>
    expect(judgeAllowedOrigins([raw], production)).toEqual([]),
  );
  test.each([
    '*',
    'null',
    'https://*.example.com',
    'https://app.example.com/',
    'https://app.example.com/x',
    'https://APP.example.com',
    'https://app.example.com:443',
    'https://u@app.example.com',
    'http://app.example.com',
    'http://localhost:3000',
    'app.example.com',
    'claude://claude.ai',
    'javascript:alert(1)',
    'https://app.example.com\n',
    '',
  ])('refuses %j', (raw) =>
    expect(judgeAllowedOrigins([raw], production)).toMatchObject([
      { field: 'allowedOrigins.0', rule: 'origin', severity: 'error' },
    ]),
  );
  test('http on this machine is for development only', () =>
    expect(judgeAllowedOrigins(['http://localhost:3000'], { environment: 'development' })).toEqual([]));
  test('a tolerant channel keeps a path as a finding, and a named scheme', () => {
    const tolerant = { ...production, tolerant: true, allowedSchemes: ['claude'] };
    expect(judgeAllowedOrigins(['https://a.example/', 'claude://claude.ai'], tolerant)).toMatchObject([
      { field: 'allowedOrigins.0', severity: 'warning', message: expect.stringContaining('https://a.example;') },
    ]);
  });
  test('each once, and not too many', () => {
    expect(judgeAllowedOrigins(['https://a.example', 'https://a.example'], production)).toHaveLength(1);
    expect(judgeAllowedOrigins(['https://a.example', 'https://b.example'], { ...production, max: 1 })).toMatchObject([
      { field: 'allowedOrigins' },
    ]);
  });
});
