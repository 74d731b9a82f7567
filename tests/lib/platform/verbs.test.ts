import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { operations } from '#lib/dialects/native/index';
import { registryScopes } from '#lib/kernel/actor';
import { platformRoles, platformVerb, platformVerbs } from '#lib/platform/rules';
import { isBuiltIn } from '#lib/scopes/rules';
import { everyCommand } from '#scripts/clientele/commands';

const names = Object.keys(platformVerbs) as (keyof typeof platformVerbs)[];
const rows = names.map((name) => ({ name, ...platformVerb(name) }));
const nouns = [...new Set(names.map((name) => name.split('.')[0] ?? ''))];

/** The audit actions that the sources of a noun record. */
const actionsOf = (noun: string) =>
  readdirSync(`lib/${noun}s`)
    .flatMap((file) => [...readFileSync(`lib/${noun}s/${file}`, 'utf8').matchAll(/action: '([\w.]+)'/g)])
    .map(([, action = '']) => action);

describe('what is done to the platform', () => {
  test('has a command for each verb, and no other command acts on the same nouns', async () => {
    const commands = (await everyCommand()).map(({ usage }) => usage.split(/ \[?--/, 1)[0] ?? '');
    const ofPlatform = commands.filter((words) => nouns.includes(words.split(' ')[0] ?? ''));
    expect(ofPlatform.toSorted()).toEqual(rows.map(({ command }) => command).toSorted());
  });

  test('has an operation of our own API for each verb, by the scope that the verb needs, and there is no other operation', () => {
    const found = Object.entries(operations).filter(([, { path }]) => path.startsWith('/platform/'));
    const wanted = rows.map(({ operation, reads }) => [
      operation,
      reads ? ['platform:read', 'platform:write'] : ['platform:write'],
    ]);
    expect(found.map(([name, { access }]) => [name, access]).toSorted()).toEqual(wanted.toSorted());
    for (const [name, { method }] of found)
      expect(method === 'GET', name).toBe(rows.find(({ operation }) => operation === name)?.reads === true);
  });

  test('leaves an audit event named like the verb, unless it only reads, and records no other', () => {
    const recorded = new Set(nouns.flatMap(actionsOf));
    const writing = rows.filter(({ reads }) => !reads).map(({ name }) => name);
    expect([...recorded].toSorted()).toEqual(writing.toSorted());
  });

  test('is never open to a role that does not exist, and writing is for operators alone', () => {
    for (const { name, may, reads } of rows) {
      expect(platformRoles).toEqual(expect.arrayContaining([...may]));
      if (!reads) expect(may, name).toEqual(['operator']);
    }
  });
});

test('the registry’s own scopes are built in', () => {
  for (const name of registryScopes) expect(isBuiltIn(name), name).toBe(true);
  expect(isBuiltIn('files:read')).toBe(false);
});
