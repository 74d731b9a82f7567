import { defineConfig } from 'vitest/config';

const database = {
  globalSetup: ['tests/support/database-server.ts'],
  setupFiles: ['tests/support/data-folder.ts'],
  // Password hashing is slow on purpose.
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    // Groups run one after another: what is measured against the clock does not share it.
    projects: [
      { test: { name: 'lib', include: ['tests/lib/**/*.test.ts'], sequence: { groupOrder: 0 }, testTimeout: 30_000 } },
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
          testTimeout: 120_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'start',
          include: ['tests/start/**/*.test.ts'],
          globalSetup: ['tests/support/built-tree.ts'],
          sequence: { groupOrder: 3 },
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
