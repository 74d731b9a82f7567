import { describe, expect, test } from 'vitest';
import { operations } from '#lib/dialects/native/index';
import { readReference } from '#lib/dialects/native/reference';

const reference = readReference('https://apps.acme.test');
const described = reference.groups.flatMap((group) => group.operations);

test('every operation is in the reference once, with its summary, its answers and a call', () => {
  expect(described.map(({ id }) => id).sort()).toEqual(Object.keys(operations).sort());
  for (const { id, summary, answers, curl, method, path } of described) {
    expect(summary, id).toMatch(/^\S.*[^.]$/);
    expect(answers.length, id).toBeGreaterThan(2);
    expect(curl, id).toContain(`https://apps.acme.test/api/v1${path}`);
    if (method !== 'GET') expect(curl).toContain(`-X ${method}`);
  }
});

test('every body that it shows is one that the operation reads', () => {
  const shown = described.filter(({ example }) => example !== undefined);
  expect(shown.length).toBeGreaterThan(8);
  for (const { id, example = '' } of shown)
    expect(operations[id]?.body?.safeParse(JSON.parse(example)).error, `${id}: ${example}`).toBeUndefined();
});

test('every schema that a type leads to is there', () => {
  const names = reference.schemas.map(({ name }) => name);
  const types = [
    ...described.flatMap(({ body, answers, parameters }) => [
      body,
      ...answers.map(({ type }) => type),
      ...parameters.map(({ type }) => type),
    ]),
    ...reference.schemas.flatMap(({ members }) => members.map(({ type }) => type)),
  ];
  for (const type of types) if (type?.ref) expect(names).toContain(type.ref);
});

describe('types in words', () => {
  const memberOf = (schema: string, member: string) =>
    reference.schemas.find(({ name }) => name === schema)?.members.find(({ name }) => name === member);

  test.each([
    ['Client', 'client_id', 'uuid'],
    ['Client', 'created_at', 'date-time'],
    ['Client', 'last_used_at', 'date-time or null'],
    ['Client', 'redirect_uris', 'list of text'],
    ['Client', 'environment', '"development" · "staging" · "production"'],
    ['ClientPage', 'items', 'list of ListedClient'],
    ['NewClient', 'access_token_lifetime_seconds', 'integer, 1 to 31622400'],
    ['SecretEnd', 'expires_at', 'date-time'],
    ['SecretRotation', 'overlap_seconds', 'integer, 0 to 604800'],
  ])('%s.%s is %s', (schema, member, words) => {
    expect(memberOf(schema, member)?.type.text).toBe(words);
  });

  test('required members and defaults are shown', () => {
    expect(memberOf('NewClient', 'client_name')?.required).toBe(true);
    expect(memberOf('NewClient', 'scope')?.required).toBe(false);
    expect(memberOf('SecretRotation', 'overlap_seconds')?.description).toContain('Default: `86400`');
  });
});
