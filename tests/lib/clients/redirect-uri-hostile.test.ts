import { describe, expect, test } from 'vitest';
import type { Environment } from '#lib/clients/client';
import { judgeRedirectUri, type RedirectContext } from '#lib/clients/rules/redirect-uri';
import { redirectUriMatches } from '#lib/clients/rules/redirect-uris';
import corpus from './redirect-uri-corpus.json' with { type: 'json' };

const environments: Environment[] = ['development', 'staging', 'production'];
const contexts = environments.flatMap((environment) =>
  (['web', 'spa', 'native', 'device', 'machine'] as const).flatMap((applicationType) =>
    [true, false].map((confidential): RedirectContext => ({ applicationType, environment, confidential })),
  ),
);

/** Refused whoever asks: no application type and no environment makes one of these acceptable. */
const hostile: Record<string, string[]> = {
  ...corpus,
  'R3 half surrogate pairs': [
    'https://app.example/\ud800',
    'https://\udfff.example/cb',
    '\ud83d',
    'cursor://\ude00/cb',
  ],
  'R3 length': [
    `https://app.example/${'a'.repeat(2029)}`,
    `https://app.example/?${'%20'.repeat(5000)}`,
    'a'.repeat(2_000_000),
    `com.${'a.'.repeat(1200)}app:/cb`,
  ],
};

const rows = Object.entries(hostile).flatMap(([rule, uris]) =>
  uris.map((uri) => [rule, uri.slice(0, 80), uri] as const),
);

test('R1–R12 the corpus has at least 150 rows, each once', () => {
  expect(rows.length).toBeGreaterThanOrEqual(150);
  expect(new Set(rows.map(([, , uri]) => uri)).size).toBe(rows.length);
});

test.each(rows)('%s: %j is refused by every application type and environment', (rule, _shown, uri) => {
  const refusals = contexts.map((context) =>
    judgeRedirectUri(uri, context).filter((issue) => issue.severity === 'error'),
  );
  for (const issues of refusals) expect(issues.length).toBeGreaterThan(0);
  const named = new Set(refusals.flat().map((issue) => issue.rule));
  expect([...named].some((id) => rule.split(' ').includes(id) || ['R1', 'R3', 'R12'].includes(id))).toBe(true);
});

describe('R10 only the registered string matches https://app.example/cb', () => {
  const registered = 'https://app.example/cb';
  test.each([
    ...rows.map(([, , uri]) => uri).filter((uri) => uri.length < 200),
    'https://app.example/cb/',
    'https://App.example/cb',
    'HTTPS://app.example/cb',
    'https://app.example/CB',
    'https://app.example:443/cb',
    'https://app.example//cb',
    'https://app.example/cb?',
    'https://app.example/cb?x=1',
    'https://app.example/cb;x',
    'https://app.example/%63b',
    'https://app.example/cb%20',
    'https://app.example.evil.example/cb',
    'https://evil.example/https://app.example/cb',
    '',
  ])('%j', (requested) => expect(redirectUriMatches(registered, requested)).toBe(false));
});
