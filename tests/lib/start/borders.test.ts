import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aFolder } from '#support/a-folder';

/** What a file of each folder may import, and what lint must refuse there. */
const borders: Record<string, { allowed: string[]; refused: string[] }> = {
  'app/clients/page.tsx': {
    allowed: [
      'next',
      'react',
      '#lib/clients/index',
      '#lib/clients/rules',
      '#lib/portal/session',
      '#lib/portal/forms',
      '#lib/kernel/errors',
      '#components/button',
      './form.tsx',
      '#lib/authorization-server/interaction',
    ],
    refused: [
      '#db/client',
      '../../db/client.ts',
      'drizzle-orm',
      'drizzle-orm/pg-core',
      'postgres',
      'oidc-provider',
      'hono',
      'hono/cors',
      'next-auth',
      'next-auth/react',
      '#lib/clients/find',
      '../../lib/clients/find.ts',
      '#lib/http/app',
      '#lib/dialects/telnyx/index',
      '#lib/kernel/keys',
      '#lib/kernel/database',
      '#lib/authorization-server/provider',
    ],
  },
  'components/field.tsx': {
    allowed: ['react', 'next/link', '#lib/clients/rules', '#lib/portal/forms', '#components/button', './button.tsx'],
    refused: [
      '#db/client',
      'drizzle-orm',
      'postgres',
      'oidc-provider',
      'hono',
      'next-auth/react',
      '#lib/clients/index',
      '../lib/clients/index.ts',
      '#lib/portal/session',
      '#lib/kernel/env',
      '#lib/http/app',
    ],
  },
  'lib/clients/create.ts': {
    allowed: [
      './find.ts',
      '../tokens/index.ts',
      '../tokens/rules.ts',
      '../context.ts',
      '../errors.ts',
      '#db/queries/clients',
      '#lib/kernel/errors',
      '#lib/tokens/index',
      'zod',
      'node:crypto',
    ],
    refused: [
      'next',
      'next/headers',
      'react',
      'hono',
      'oidc-provider',
      'next-auth/jwt',
      '#lib/http/app',
      '../http/app.ts',
      '../dialects/telnyx/index.ts',
      '#lib/dialects/telnyx/index',
      '../authorization-server/provider.ts',
      '../session.ts',
      '../tokens/list.ts',
      '#lib/tokens/find',
      'drizzle-orm',
      '#db/schema/client',
      '#components/button',
    ],
  },
  'lib/dialects/docspace/read.ts': {
    allowed: ['./wire.ts', '../../clients/rules.ts', '../../errors.ts', '#lib/clients/rules', 'zod'],
    refused: [
      '#db/client',
      'drizzle-orm',
      'postgres',
      'next/headers',
      'hono',
      '#lib/dialects/trackle/index',
      '../trackle/read.ts',
      'node:fs',
      'node:net',
      '#lib/kernel/context',
      '#lib/http/app',
      '../../http/app.ts',
    ],
  },
  'lib/http/docspace.ts': {
    allowed: [
      'hono',
      '../dialects/docspace/index.ts',
      '#lib/dialects/docspace/index',
      '../clients/index.ts',
      '../context.ts',
      '../authorization-server/provider.ts',
      './app.ts',
    ],
    refused: [
      '#db/client',
      'drizzle-orm',
      'postgres',
      'next/headers',
      'react',
      'next-auth/jwt',
      '../session.ts',
      '#lib/portal/session',
      'oidc-provider',
      '../clients/find.ts',
    ],
  },
  'lib/http/docspace/queries.ts': {
    allowed: [
      '../call.ts',
      '../../access.ts',
      '../../clients/index.ts',
      '../../clients/rules.ts',
      '../../dialects/docspace/index.ts',
    ],
    refused: ['../../clients/find.ts', '#lib/clients/find', '../../session.ts', '#db/client', '../../../db/client.ts'],
  },
  'lib/authorization-server/provider.ts': {
    allowed: ['oidc-provider', '#db/queries/clients', '../clients/index.ts', './adapter.ts', '../context.ts'],
    refused: [
      'next/headers',
      'react',
      'hono',
      '#lib/http/app',
      '#lib/dialects/telnyx/index',
      '../session.ts',
      'drizzle-orm',
      '#db/schema/client',
    ],
  },
  'db/queries/clients.ts': {
    allowed: ['drizzle-orm', '../client.ts', '../schema/client.ts', '#db/schema/client'],
    refused: ['#lib/kernel/errors', '../../lib/errors.ts', 'next', 'react', 'hono', '#components/button'],
  },
  'lib/kernel/env.ts': {
    allowed: ['zod', 'node:net', './once.ts'],
    refused: ['#lib/kernel/keys', './keys.ts', '#db/client', '../db/client.ts'],
  },
};

const folder = aFolder();
for (const file of ['biome.json', 'scripts/no-inherited-keys.grit']) cpSync(file, join(folder, file));
for (const [file, { allowed, refused }] of Object.entries(borders)) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), [...allowed, ...refused].map((name) => `import '${name}';\n`).join(''));
}
const flags = ['--only=style/noRestrictedImports', '--max-diagnostics=1000', '--reporter=json'];
const { stdout } = spawnSync(resolve('node_modules/.bin/biome'), ['lint', ...flags, '.'], {
  cwd: folder,
  encoding: 'utf8',
});
const { diagnostics } = JSON.parse(stdout) as {
  diagnostics: { location: { path: string; start: { line: number } } }[];
};

describe('the borders of the house', () => {
  for (const [file, { allowed, refused }] of Object.entries(borders))
    test(`${file} imports only what its folder may`, () => {
      const lines = diagnostics
        .filter(({ location }) => location.path === file)
        .map(({ location }) => location.start.line);
      const found = [...new Set(lines)].sort((a, b) => a - b).map((line) => [...allowed, ...refused][line - 1]);
      expect(found).toEqual(refused);
    });
});
