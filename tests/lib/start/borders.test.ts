import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, matchesGlob, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aFolder } from '#support/a-folder';
import { borders } from '../../../scripts/borders.ts';

/** What a file of each folder may import, and what lint must refuse there. */
const cases: Record<string, { allowed: string[]; refused: string[] }> = {
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
      '../../portal-header.tsx',
      '#lib/authorization-server/interaction',
      '#lib/dialects/native/reference',
    ],
    refused: [
      '#db/client',
      '../../db/client.ts',
      'drizzle-orm',
      'drizzle-orm/pg-core',
      'postgres',
      'oidc-provider',
      'oidc-provider/lib/helpers/errors.js',
      'hono',
      'hono/cors',
      'next-auth',
      'next-auth/react',
      '#lib/clients/find',
      '#lib/clients/rules/uri',
      '../../lib/clients/find.ts',
      '#lib/http/app',
      '#lib/dialects/telnyx/index',
      '#lib/kernel/keys',
      '#lib/kernel/database',
      '#lib/authorization-server/provider',
    ],
  },
  'components/field.tsx': {
    allowed: [
      'react',
      'next/link',
      '#lib/clients/rules',
      '#lib/portal/forms',
      '#lib/kernel/errors',
      '#components/button',
      './button.tsx',
    ],
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
      './rules/uri.ts',
      '#db/queries/clients',
      '#db/client',
      '#lib/kernel/errors',
      '#lib/tokens/index',
      '#lib/tokens/rules',
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
      '#app/page',
      '#components/button',
      '#scripts/borders',
      '#lib/http/app',
      '#lib/dialects/telnyx/index',
      '#lib/authorization-server/provider',
      '#lib/portal/session',
      '#lib/portal/page-status',
      '#lib/tokens/find',
      '../tokens/index.ts',
      '../http/app.ts',
      '../kernel/errors.ts',
      'drizzle-orm',
      'postgres',
      '#db/schema/client',
    ],
  },
  'lib/clients/rules/uri.ts': {
    allowed: ['./web-uri.ts', '../client.ts', '#lib/kernel/table', '#lib/names/index'],
    refused: [
      'next',
      '#lib/http/app',
      '#lib/tokens/find',
      '../../tokens/index.ts',
      '../../../db/client.ts',
      'drizzle-orm',
    ],
  },
  'lib/kernel/context.ts': {
    allowed: ['./actor.ts', '#db/client', '#db/migrate', 'zod', 'node:crypto'],
    refused: [
      '#lib/clients/rules',
      '#lib/clients/index',
      '#lib/portal/forms',
      '../clients/rules.ts',
      'next/headers',
      'react',
      'hono',
      'next-auth/jwt',
      'oidc-provider',
      'drizzle-orm',
      '#db/schema/client',
      '#app/page',
      '#scripts/borders',
    ],
  },
  'lib/kernel/env.ts': {
    allowed: ['zod', 'node:net', './once.ts'],
    refused: ['#lib/kernel/keys', './keys.ts', '#db/client', '../db/client.ts'],
  },
  'lib/portal/session.ts': {
    allowed: ['next/headers', 'react', './next-auth.ts', './forms.ts', '#lib/kernel/context', '#lib/sessions/index'],
    refused: [
      'next-auth',
      'next-auth/jwt',
      '#db/client',
      'drizzle-orm',
      'hono',
      '#lib/http/app',
      '#lib/dialects/native/index',
      '#lib/authorization-server/interaction',
      '#app/page',
      '#components/button',
      '#lib/sessions/find',
      '../sessions/index.ts',
    ],
  },
  'lib/portal/next-auth.ts': {
    allowed: ['next-auth', 'next-auth/jwt', 'next/server', '#lib/kernel/keys'],
    refused: ['#db/client', 'hono', '#app/page'],
  },
  'lib/dialects/docspace/read.ts': {
    allowed: [
      './wire.ts',
      '../read-members.ts',
      '#lib/kernel/errors',
      '#lib/clients/rules',
      '#lib/members/index',
      'zod',
    ],
    refused: [
      '#db/client',
      'drizzle-orm',
      'postgres',
      'next/headers',
      'react',
      'hono',
      'next-auth',
      'oidc-provider',
      '#lib/dialects/trackle/index',
      '../trackle/read.ts',
      '../../clients/rules.ts',
      'node:fs',
      'node:http',
      'node:net',
      'node:child_process',
      '#lib/kernel/context',
      '#lib/kernel/database',
      '#lib/clients/find',
      '#lib/portal/forms',
      '#lib/http/app',
    ],
  },
  'lib/dialects/read-members.ts': {
    allowed: ['zod', '#lib/clients/rules', '#lib/kernel/errors'],
    refused: ['#db/client', '#lib/dialects/trackle/index', '../clients/rules.ts', '#lib/clients/find', 'hono'],
  },
  'lib/dialects/native/operations/clients.ts': {
    allowed: ['./grants.ts', '../wire.ts', 'zod', '#lib/clients/rules'],
    refused: ['../../docspace/wire.ts', '#lib/dialects/docspace/index', '#db/client', '#lib/http/app'],
  },
  'lib/http/front.ts': {
    allowed: [
      'hono',
      './app.ts',
      '#lib/dialects/docspace/index',
      '#lib/clients/index',
      '#lib/kernel/context',
      '#lib/authorization-server/provider',
      '#lib/portal/page-status',
      '#lib/portal/session-cookie',
    ],
    refused: [
      '#db/client',
      'drizzle-orm',
      'postgres',
      'next/headers',
      'react',
      'next-auth/jwt',
      '#lib/portal/session',
      '#app/page',
      'oidc-provider',
      '#lib/clients/find',
      '#lib/dialects/docspace/wire',
      '../clients/index.ts',
    ],
  },
  'lib/http/docspace/queries.ts': {
    allowed: ['./caller.ts', '../api.ts', '#lib/clients/rules', '#lib/dialects/docspace/index'],
    refused: [
      '#lib/clients/find',
      '#lib/portal/session',
      '#db/client',
      '../../clients/index.ts',
      '../../../db/client.ts',
    ],
  },
  'lib/authorization-server/provider.ts': {
    allowed: ['oidc-provider', '#db/queries/clients', '#lib/clients/index', './adapter.ts', '#lib/kernel/context'],
    refused: [
      'next/headers',
      'react',
      'hono',
      'next-auth',
      '#lib/http/app',
      '#lib/dialects/telnyx/index',
      '#lib/portal/session',
      '#lib/clients/find',
      '../clients/index.ts',
      'drizzle-orm',
      '#db/schema/client',
    ],
  },
  'lib/authorization-server/tokens/audience.ts': {
    allowed: ['oidc-provider', '../request-state.ts', '../clients/registered-client.ts', '#lib/clients/rules'],
    refused: ['next', '#lib/http/app', '#lib/resources/find', '../../resources/index.ts', 'drizzle-orm'],
  },
  'db/queries/clients.ts': {
    allowed: ['drizzle-orm', '../client.ts', '../schema/client.ts', '#db/schema/client'],
    refused: [
      '#lib/kernel/errors',
      '../../lib/errors.ts',
      'next',
      'react',
      'hono',
      '#components/button',
      '#scripts/step',
    ],
  },
  'server.ts': {
    allowed: [
      'next',
      '#lib/http/server',
      '#lib/kernel/env',
      '#lib/sweep/index',
      '#db/migrate',
      '#db/embedded/embedded',
    ],
    refused: [
      'drizzle-orm',
      '#db/queries/clients',
      '#db/schema/client',
      '#app/page',
      '#components/button',
      '#lib/portal/session',
      '#lib/dialects/native/index',
      '#lib/sweep/forget',
      'next-auth',
    ],
  },
  'scripts/clientele/client.ts': {
    allowed: ['#lib/clients/index', '#lib/kernel/context', '#db/migrate', './act.ts', '../step.ts', 'playwright'],
    refused: ['#db/queries/clients', 'postgres', '#lib/clients/find', '#app/page', '#lib/portal/session'],
  },
};

const folder = aFolder();
for (const file of ['biome.json', 'scripts/no-inherited-keys.grit']) cpSync(file, join(folder, file));
for (const [file, { allowed, refused }] of Object.entries(cases)) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), [...allowed, ...refused].map((name) => `import '${name}';\n`).join(''));
}
const flags = ['--only=style/noRestrictedImports', '--max-diagnostics=1000', '--reporter=json'];
const { stdout } = spawnSync(resolve('node_modules/.bin/biome'), ['lint', ...flags, '.'], {
  cwd: folder,
  encoding: 'utf8',
});
const { diagnostics } = JSON.parse(stdout) as {
  diagnostics: { message: string; location: { path: string; start: { line: number } } }[];
};

/** The border that holds for a file: the last one, as lint reads them. */
const borderOf = (file: string) =>
  borders.findLast(({ includes }) => {
    const [but, those] = [
      includes.filter((one) => one.startsWith('!')),
      includes.filter((one) => !one.startsWith('!')),
    ];
    return those.some((one) => matchesGlob(file, one)) && !but.some((one) => matchesGlob(file, one.slice(1)));
  });

describe('the import borders', () => {
  for (const [file, { allowed, refused }] of Object.entries(cases))
    test(`${file} imports only what its folder may`, () => {
      const lines = diagnostics
        .filter(({ location }) => location.path === file)
        .map(({ location }) => location.start.line);
      const found = [...new Set(lines)].sort((a, b) => a - b).map((line) => [...allowed, ...refused][line - 1]);
      expect(found).toEqual(refused);
    });

  test('every file belongs to a border, and no file is directly in lib/', () => {
    const files = globSync(['{app,components,lib,db,scripts}/**/*.{ts,tsx}', 'server.ts']);
    expect(files.length).toBeGreaterThan(500);
    expect(files.filter((file) => borderOf(file) === undefined)).toEqual([]);
  });

  test('each border has a violation above, for each kind of import', () => {
    const crossed = new Set(
      diagnostics.flatMap(({ location, message }) =>
        (borderOf(location.path)?.forbid ?? []).filter(([why]) => message.includes(why)).map((rule) => rule),
      ),
    );
    const never = borders.flatMap(({ includes, forbid }) =>
      forbid.filter((rule) => !crossed.has(rule)).map(([why]) => `${includes[0]}: ${why}`),
    );
    expect(never).toEqual([]);
  });
});
