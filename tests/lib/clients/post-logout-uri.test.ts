import { expect, test } from 'vitest';
import { judgePostLogoutUris } from '#lib/clients/rules/metadata-redirects';

const context = {
  applicationType: 'web',
  environment: 'production',
  confidential: true,
  redirectUris: ['https://app.example.com/cb'],
} as const;

test('R15 a host of a redirect URI has no finding', () =>
  expect(judgePostLogoutUris(['https://APP.example.com/bye'.toLowerCase()], context)).toEqual([]));

test('R15 a foreign host is a finding, never a refusal', () =>
  expect(judgePostLogoutUris(['https://app.example.com/', 'https://other.example/bye'], context)).toMatchObject([
    { field: 'postLogoutRedirectUris.1', rule: 'R15', severity: 'warning' },
  ]));

test('R15 the rules of redirect URIs hold', () =>
  expect(judgePostLogoutUris(['http://app.example.com/bye'], context)).toMatchObject([
    { field: 'postLogoutRedirectUris.0', rule: 'R5', severity: 'error' },
  ]));

test('R15 without redirect URIs no host is compared', () =>
  expect(judgePostLogoutUris(['https://other.example/bye'], { ...context, redirectUris: [] })).toEqual([]));
