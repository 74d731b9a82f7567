/**
 * The allowed imports of each folder, as lint rules. Biome does not merge two overrides that match one file (the later list replaces
 * the earlier), so this file generates the whole list of each folder. `npm run borders` writes biome.json; `npm run verify` compares it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Names = { importNames: string[]; message: string };
type Border = {
  includes: string[];
  forbid: [message: string, group: string[]][];
  /** Modules from which only these names may not be imported. */
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

/** Everything under lib/ except the index and rules of nouns, the kernel, and the patterns in `also`. */
const onlyDoors = (...also: string[]): [string, string[]] => [
  'A noun has two doors: its index and its rules.',
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
  ['The core knows no web framework.', [...next, ...react, ...nextAuth, ...hono, 'oidc-provider', 'oidc-provider/**']],
  [
    'The core does not know its callers.',
    ['#app/**', ...portal, '#lib/http/**', ...dialects, '#lib/authorization-server/**', '#scripts/**'],
  ],
  noSql,
  onlyDoors(),
];
const shared: Border['forbid'] = [
  ['What pages share asks the core.', [...database, ...http, ...dialects, ...protocol, '#app/**', '#components/**']],
  onlyDoors('#lib/http/**', ...dialects, '#lib/authorization-server/**'),
  inFolder,
];
const dialect: Border['forbid'] = [
  [
    'A dialect only translates: data in, data out.',
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
  ['A dialect does not know another.', dialects],
  onlyDoors(),
];
const routes: Border['forbid'] = [
  ['Routes ask the core: no SQL here.', database],
  [
    'Programs see no pages.',
    [...pages, ...nextAuth, ...portal, '!#lib/portal/page-status', '!#lib/portal/session-cookie'],
  ],
  onlyDoors('#lib/dialects/*/index', '#lib/authorization-server/**', ...portal),
  ['oidc-provider lives in lib/authorization-server.', ['oidc-provider', 'oidc-provider/**']],
];
const authorizationServer: Border['forbid'] = [
  ['The authorization server knows no pages and no routes.', [...pages, ...nextAuth, ...http, ...dialects, ...portal]],
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
        'Pages ask the core: no database, no transport, no secrets; the reference shows what our own API declares.',
        [
          ...database,
          ...http,
          ...dialects,
          '!#lib/dialects/native/reference',
          '#lib/kernel/keys',
          '#lib/kernel/database',
        ],
      ],
      ['Sign-in ends in lib/portal.', nextAuth],
      onlyDoors('#lib/portal/*', '#lib/authorization-server/**', '#lib/http/**', ...dialects),
      [
        'Of the authorization server a page sees the request that waits for consent.',
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
        'A component may know the pure rules of a noun, nothing else of lib/.',
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
      ['The kernel knows no noun and nobody above it.', ['#lib/**', '#app/**', '#scripts/**']],
      ['The kernel knows no web framework.', [...pages, ...nextAuth, ...hono, 'oidc-provider', 'oidc-provider/**']],
      ['SQL is in db/queries.', [...drizzle, '#db/schema/**']],
      inFolder,
    ],
  },
  {
    includes: ['lib/kernel/env.ts'],
    forbid: [['The configuration needs nobody.', ['#*/**', './*', '!./once.ts', '../**']]],
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
        'The database only stores: it knows nobody above it.',
        ['#lib/**', '#scripts/**', ...pages, ...hono, '**/../lib/**', '**/../app/**'],
      ],
    ],
  },
  {
    includes: ['server.ts', 'scripts/**'],
    forbid: [
      [
        'What starts, tests and operates the product asks the core: no SQL, no pages.',
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
