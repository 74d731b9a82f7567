import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'lib', include: ['tests/lib/**/*.test.ts'] } },
      {
        test: {
          name: 'db',
          include: ['tests/{db,http}/**/*.test.ts'],
          globalSetup: ['tests/support/database-server.ts'],
          setupFiles: ['tests/support/data-folder.ts'],
        },
      },
    ],
  },
});
