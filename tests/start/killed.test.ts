import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { isAlive } from '#db/embedded/postmaster';
import { aStart, noneLeft, processesOf } from '#support/a-start';

const statusOf = async (url: string) => (await fetch(url)).status;
const kill = (dataFolder: string, what: RegExp, signal: NodeJS.Signals = 'SIGKILL') => {
  const found = processesOf(dataFolder).filter(({ command }) => what.test(command));
  for (const { pid } of found) process.kill(pid, signal);
  return found.length;
};

describe('after a SIGKILL', () => {
  test('of the server, its database stops by itself and the next start has the data', async () => {
    const first = await aStart();
    await first.ready;
    const keys = readdirSync(join(first.dataFolder, 'keys'));
    expect(kill(first.dataFolder, /server\.ts/)).toBe(1);
    await first.exitCode;
    expect(await noneLeft(first.dataFolder)).toEqual([]);
    const second = await aStart({ dataFolder: first.dataFolder });
    await second.ready;
    expect(readdirSync(join(first.dataFolder, 'keys'))).toEqual(keys);
    expect(await statusOf(`${second.url}/readyz`)).toBe(200);
  });

  test('of everything but PostgreSQL, the next start stops the orphan', async () => {
    const first = await aStart();
    await first.ready;
    kill(first.dataFolder, /server\.ts|exec 3<&0/);
    await first.exitCode;
    expect(processesOf(first.dataFolder).some(({ command }) => /bin\/postgres -D/.test(command))).toBe(true);
    const second = await aStart({ dataFolder: first.dataFolder });
    await second.ready;
    expect(await statusOf(`${second.url}/readyz`)).toBe(200);
  });

  test('of everything, PostgreSQL too, the next start recovers', async () => {
    const first = await aStart();
    await first.ready;
    const pids = processesOf(first.dataFolder).map(({ pid }) => pid);
    kill(first.dataFolder, /./);
    await first.exitCode;
    // A killed process counts as alive until the system has collected it.
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), 30_000);
    const second = await aStart({ dataFolder: first.dataFolder });
    await second.ready;
    expect(await statusOf(`${second.url}/readyz`)).toBe(200);
  });

  test('of npm alone, everything it started stops', async () => {
    const start = await aStart();
    await start.ready;
    start.npm.kill('SIGKILL');
    expect(await noneLeft(start.dataFolder)).toEqual([]);
  });
});
