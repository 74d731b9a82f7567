import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addKey, openKeys } from '#lib/kernel/keys';
import { aFolder } from '#support/a-folder';

const aKeysFolder = () => join(aFolder(), 'keys');

describe('keys', () => {
  test('a first start makes them, for their owner only', () => {
    const folder = aKeysFolder();
    openKeys(folder);
    expect(readdirSync(folder).sort()).toEqual(['cursor-1', 'pepper-1', 'sealing-1', 'session-1']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('a second start reads the same', () => {
    const folder = aKeysFolder();
    expect(openKeys(folder)).toEqual(openKeys(folder));
  });

  test('an added key is the active one, and older ones stay usable', () => {
    const folder = aKeysFolder();
    const before = openKeys(folder);
    for (let i = 0; i < 10; i++) addKey(folder, 'sealing');
    const after = openKeys(folder);
    expect(after.sealing.id).toMatch(/^sealing-11\./);
    expect(after.sealingKeys.get(before.sealing.id)).toEqual(before.sealing.key);
    expect(after.pepper).toEqual(before.pepper);
  });

  test("an id carries a fingerprint: another installation's first key is another key", () => {
    expect(openKeys(aKeysFolder()).pepper.id).not.toBe(openKeys(aKeysFolder()).pepper.id);
  });

  test('a key that others can read, or that is too short, is refused with the remedy', () => {
    const folder = aKeysFolder();
    openKeys(folder);
    chmodSync(join(folder, 'pepper-1'), 0o644);
    expect(() => openKeys(folder)).toThrow(/pepper-1 can be read by others: chmod 600/);
    chmodSync(join(folder, 'pepper-1'), 0o600);
    writeFileSync(join(folder, 'pepper-1'), 'short');
    expect(() => openKeys(folder)).toThrow(/pepper-1 is not a key .* backup/);
  });
});
