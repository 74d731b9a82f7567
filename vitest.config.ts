import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** A worker with its part of PostgreSQL; the server's 200 connections are enough for eight of them. */
const workerBytes = 1.5 * 2 ** 30;
const maxWorkers = Math.max(
  1,
  Math.min(availableParallelism(), Math.floor(process.availableMemory() / workerBytes), 8),
);

/** How long a slow machine may take. What waits for a condition goes on as soon as it is met. */
const patient = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000 } },
  execArgv: ['--import', '#scripts/resolve-once'],
};

const database = {
  ...patient,
  globalSetup: ['tests/support/database-server.ts'],
  setupFiles: ['tests/support/data-folder.ts'],
};

export default defineConfig({
  test: {
    maxWorkers,
    // Groups run one after another: what needs most of the machine does not share it.
    projects: [
      {
        test: {
          name: 'lib',
          include: ['tests/lib/**/*.test.ts'],
          sequence: { groupOrder: 0 },
          pool: 'threads',
          ...patient,
        },
      },
      { test: { name: 'db', include: ['tests/db/**/*.test.ts'], sequence: { groupOrder: 1 }, ...database } },
      {
        test: {
          name: 'http',
          include: ['tests/{http,conformance}/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          ...database,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/portal-server.ts'],
          sequence: { groupOrder: 2 },
          ...patient,
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'start',
          include: ['tests/start/**/*.test.ts'],
          globalSetup: ['tests/support/built-tree.ts'],
          sequence: { groupOrder: 3 },
          ...patient,
          testTimeout: 600_000,
        },
      },
    ],
  },
});
