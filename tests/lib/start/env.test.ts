import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigurationError, readEnv, variables } from '#lib/kernel/env';

function mistakesOf(source: Record<string, string>): string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('configuration', () => {
  test('needs nothing', () => {
    expect(readEnv({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      appUrl: 'http://127.0.0.1:3000',
      signUp: 'open',
    });
  });

  test('an empty variable counts as absent', () => {
    expect(readEnv({ PORT: '', APP_URL: ' ' }).appUrl).toBe('http://127.0.0.1:3000');
  });

  test('APP_URL is an origin, written as browsers write it', () => {
    expect(readEnv({ APP_URL: 'HTTPS://Apps.Example.com:443/' }).appUrl).toBe('https://apps.example.com');
    for (const url of [
      'https://a.example/app',
      'https://a.example/?x',
      'ftp://a.example',
      'a.example',
      'https://u:p@a.example',
    ])
      expect(mistakesOf({ APP_URL: url }), url).toHaveLength(1);
  });

  test('every mistake is named in a line of its own', () => {
    expect(
      mistakesOf({ PORT: 'x', CLIENTELE_SIGN_UP: 'perhaps', DATABASE_URL: 'mysql://a', CLIENTELE_DTA: 'y' }),
    ).toEqual([
      'PORT must be a whole number from 1 to 65535.',
      'DATABASE_URL must look like postgres://user:password@host:5432/name.',
      'CLIENTELE_SIGN_UP must be open or closed.',
      'CLIENTELE_DTA is not a setting.',
    ]);
  });

  test('loopback fetches are refused unless APP_URL is loopback', () => {
    const wish = { CLIENTELE_ALLOW_LOOPBACK_FETCH: 'true' };
    expect(readEnv(wish).allowLoopbackFetch).toBe(true);
    expect(mistakesOf({ ...wish, APP_URL: 'https://apps.example.com' })).toHaveLength(1);
    expect(mistakesOf({ ...wish, APP_URL: 'https://127.0.0.1.example.com' })).toHaveLength(1);
  });

  test('an incomplete provider is a mistake that names the missing variable', () => {
    expect(mistakesOf({ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'a' })).toEqual([
      'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET belong together: OIDC_CLIENT_SECRET is missing.',
    ]);
    expect(readEnv({ GOOGLE_CLIENT_ID: 'a', GOOGLE_CLIENT_SECRET: 'b' }).google?.issuer).toBe(
      'https://accounts.google.com',
    );
  });

  test('trusted proxies are addresses and networks', () => {
    expect(readEnv({ CLIENTELE_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1']);
    for (const list of ['10.0.0.0/33', 'proxy', '::1/129', '10.0.0.0/8/8'])
      expect(mistakesOf({ CLIENTELE_TRUSTED_PROXIES: list }), list).toHaveLength(1);
  });

  test('docs/configuration.md has one row for each variable and no other', () => {
    const rows = readFileSync('docs/configuration.md', 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm);
    expect([...rows].map(([, name]) => name).sort()).toEqual(Object.keys(variables).sort());
  });
});
