/**
 * The allowed imports of each folder, as lint rules. If two overrides match one file, Biome uses only the later list. So this file generates
 * the whole list of each folder. `npm run borders` writes biome.json; `npm run verify` compares it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Names = { importNames: string[]; message: string };
type Border = {
  includes: string[];
  forbid: [message: string, group: string[]][];
  /** Names that must not be imported from a module, by module. */
  names?: Record<string, Names>;
};

const notCore = ['kernel', 'portal', 'dialects', 'http', 'authorization-server'].map((name) => `!lib/${name}/**`);
const drizzle = ['drizzle-orm', 'drizzle-orm/*', 'postgres'];
const database = ['#db/**', ...drizzle];
const react = ['react', 'react/*', 'react-dom', 'react-dom/*', '@base-ui/**', '#components/**'];
const next = ['next', 'next/**'];
const nextAuth = ['next-auth', 'next-auth/**'];
const hono = ['hono', 'hono/**', '@hono/**'];
const protocol = ['oidc-provider', 'oidc-provider/**', '#lib/authorization-server/**'];
const http = [...hono, '#lib/http/**'];
const dialects = ['#lib/dialects/**'];
const portal = ['#lib/portal/**'];
const pages = ['#app/**', ...react, ...next];

/** Forbids everything in lib/ except the index and rules of nouns, the kernel, and the patterns in `also`. */
const onlyDoors = (...also: string[]): [string, string[]] => [
  'Import a noun only by its two doors: its index and its rules.',
  ['#lib/*/**', '!#lib/*/index', '!#lib/*/rules', '!#lib/kernel/*', ...also.map((door) => `!${door}`)],
];
/** Files of one folder import each other by relative paths; other folders are imported by an alias. */
const leaving = (up: string, ...but: string[]): [string, string[]] => [
  'Other folders are imported by their alias: #lib/…, #db/…, #components/….',
  [`${up}**`, ...but.map((file) => `!${file}`)],
];
const inFolder = leaving('../');
const inInnerFolder = leaving('../../');
const noSql: [string, string[]] = ['SQL is in db/queries.', [...drizzle, '#db/schema/**']];

const core: Border['forbid'] = [
  [
    'The core must not import a web framework.',
    [...next, ...react, ...nextAuth, ...hono, 'oidc-provider', 'oidc-provider/**'],
  ],
  [
    'The core must not import its callers.',
    ['#app/**', ...portal, '#lib/http/**', ...dialects, '#lib/authorization-server/**', '#scripts/**'],
  ],
  noSql,
  onlyDoors(),
];
const shared: Border['forbid'] = [
  [
    'lib/portal calls the core. It must not import the database, the APIs or pages.',
    [...database, ...http, ...dialects, ...protocol, '#app/**', '#components/**'],
  ],
  onlyDoors('#lib/http/**', ...dialects, '#lib/authorization-server/**'),
  inFolder,
];
const dialect: Border['forbid'] = [
  [
    'A dialect only translates data. It must not import the database, pages or transport.',
    [
      ...database,
      ...pages,
      ...nextAuth,
      ...http,
      ...protocol,
      ...portal,
      ...['fs', 'http', 'net', 'child_process'].map((name) => `node:${name}`),
      '#lib/kernel/database',
      '#lib/kernel/context',
    ],
  ],
  ['A dialect must not import another dialect.', dialects],
  onlyDoors(),
];
const routes: Border['forbid'] = [
  ['Routes call the core. They must not import the database.', database],
  [
    'Routes must not import pages.',
    [...pages, ...nextAuth, ...portal, '!#lib/portal/page-status', '!#lib/portal/session-cookie'],
  ],
  onlyDoors('#lib/dialects/*/index', '#lib/authorization-server/**', ...portal),
  ['Only lib/authorization-server uses oidc-provider.', ['oidc-provider', 'oidc-provider/**']],
];
const authorizationServer: Border['forbid'] = [
  [
    'The authorization server must not import pages or routes.',
    [...pages, ...nextAuth, ...http, ...dialects, ...portal],
  ],
  noSql,
  onlyDoors(),
];

export const borders: readonly Border[] = [
  {
    includes: ['app/**'],
    names: {
      'next/navigation': {
        importNames: ['notFound', 'forbidden', 'unauthorized'],
        message: "Throw the core's error: page() writes it out (docs/decisions/0009).",
      },
    },
    forbid: [
      [
        'Pages call the core. They must not import the database, the APIs or the keys; only the API reference imports a dialect.',
        [
          ...database,
          ...http,
          ...dialects,
          '!#lib/dialects/native/reference',
          '#lib/kernel/keys',
          '#lib/kernel/database',
        ],
      ],
      ['Only lib/portal uses next-auth.', nextAuth],
      onlyDoors('#lib/portal/*', '#lib/authorization-server/**', '#lib/http/**', ...dialects),
      [
        'Pages import only the pending consent request of the authorization server.',
        [...protocol, '!#lib/authorization-server/interaction'],
      ],
      ['Other folders are imported by their alias.', ['**/../lib/**', '**/../components/**', '**/../db/**']],
    ],
  },
  {
    includes: ['components/**'],
    forbid: [
      ['A component gets its data from the page.', [...database, ...http, ...dialects, ...protocol, ...nextAuth]],
      [
        'A component may import only the rules of nouns from lib/.',
        ['#lib/**', '!#lib/*/rules', '!#lib/portal/forms', '!#lib/kernel/errors'],
      ],
      inFolder,
    ],
  },
  { includes: ['lib/*/*', ...notCore], forbid: [...core, inFolder] },
  { includes: ['lib/*/*/**', ...notCore], forbid: [...core, inInnerFolder] },
  {
    includes: ['lib/kernel/**'],
    forbid: [
      ['The kernel must not import nouns or their callers.', ['#lib/**', '#app/**', '#scripts/**']],
      [
        'The kernel must not import a web framework.',
        [...pages, ...nextAuth, ...hono, 'oidc-provider', 'oidc-provider/**'],
      ],
      ['SQL is in db/queries.', [...drizzle, '#db/schema/**']],
      inFolder,
    ],
  },
  {
    includes: ['lib/kernel/env.ts'],
    forbid: [['env.ts must not import other code of the project.', ['#*/**', './*', '!./once.ts', '../**']]],
  },
  { includes: ['lib/portal/**'], forbid: [...shared, ['Only next-auth.ts uses next-auth.', nextAuth]] },
  { includes: ['lib/portal/next-auth.ts'], forbid: shared },
  { includes: ['lib/dialects/*/*'], forbid: [...dialect, leaving('../', '../read-members.ts')] },
  { includes: ['lib/dialects/*'], forbid: [...dialect, inFolder] },
  { includes: ['lib/dialects/*/*/**'], forbid: [...dialect, inInnerFolder] },
  { includes: ['lib/http/*'], forbid: [...routes, inFolder] },
  { includes: ['lib/http/*/**'], forbid: [...routes, inInnerFolder] },
  { includes: ['lib/authorization-server/*'], forbid: [...authorizationServer, inFolder] },
  { includes: ['lib/authorization-server/*/**'], forbid: [...authorizationServer, inInnerFolder] },
  {
    includes: ['db/**'],
    forbid: [
      [
        'db/ only stores. It must not import its callers.',
        ['#lib/**', '#scripts/**', ...pages, ...hono, '**/../lib/**', '**/../app/**'],
      ],
    ],
  },
  {
    includes: ['server.ts', 'scripts/**'],
    forbid: [
      [
        'server.ts and scripts/ call the core. They must not import queries or pages.',
        [
          ...drizzle,
          '#db/queries/**',
          '#db/schema/**',
          '#app/**',
          '#components/**',
          ...portal,
          ...dialects,
          ...nextAuth,
        ],
      ],
      onlyDoors('#lib/http/*', ...portal, ...dialects),
    ],
  },
];

const rule = ({ includes, forbid, names }: Border) => ({
  includes,
  linter: {
    rules: {
      style: {
        noRestrictedImports: {
          level: 'error',
          options: { paths: names, patterns: forbid.map(([message, group]) => ({ group, message })) },
        },
      },
    },
  },
});

const file = new URL('../biome.json', import.meta.url);

/** The current and the wanted biome.json: the hand-written part, then the borders, then the exceptions to the size limit. */
export function withBorders(): { current: string; wanted: string } {
  const current = readFileSync(file, 'utf8');
  const exempt = { style: { noExcessiveLinesPerFile: 'off' } };
  const overrides = [...borders.map(rule), { includes: ['**/*.test.ts', 'db/schema/**'], linter: { rules: exempt } }];
  const json = JSON.stringify({ ...JSON.parse(current), overrides }, null, 2);
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const formatted = spawnSync(process.execPath, [biome, 'format', '--stdin-file-path=biome.json'], {
    input: json,
    encoding: 'utf8',
  });
  return { current, wanted: formatted.stdout };
}

if (import.meta.main) writeFileSync(file, withBorders().wanted);
