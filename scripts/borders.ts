/**
 * Who may import whom, as lint rules. Biome does not merge two overrides that match one file (the later list replaces
 * the earlier), so each folder's whole list is generated: `npm run borders` writes biome.json, verify compares.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Names = { importNames: string[]; message: string };
type Border = {
  includes: string[];
  forbid: [message: string, group: string[]][];
  /** Modules of which only these names may not come in. */
  names?: Record<string, Names>;
};

const both = (...folders: string[]) => folders.flatMap((folder) => [`#${folder}/**`, `**/${folder}/**`]);
const database = [...both('db'), 'drizzle-orm', 'drizzle-orm/*', 'postgres'];
const react = ['react', 'react/*', 'react-dom', 'react-dom/*', '@base-ui/**', ...both('components')];
const next = ['next', 'next/**'];
const nextAuth = ['next-auth', 'next-auth/**'];
const protocol = ['oidc-provider', ...both('lib/authorization-server'), '**/authorization-server/**'];
const http = ['hono', 'hono/**', '@hono/**', ...both('lib/http'), '**/http/**'];
const dialects = [...both('lib/dialects'), '**/dialects/**'];
/** What routes may open: every noun's doors, and the two folders that are theirs to call. */
const doorsOf = (lib: string, end: string) =>
  [`/*/index${end}`, `/*/rules${end}`, '/dialects/**', '/authorization-server/**'].map((door) => `!${lib}${door}`);
const otherDialects = ['apps', 'docspace', 'native', 'oauth', 'registration', 'slashid', 'telnyx', 'trackle'].map(
  (name) => `../${name}/**`,
);
const doors: [string, string[]] = [
  'A noun has two doors: its index and its rules.',
  ['#lib/*/*', '../*/*', '!../*/index.ts', '!../*/rules.ts', '!#lib/*/index', '!#lib/*/rules'],
];
/** The document of our own API, put in order for people to read. */
const reference = '!#lib/dialects/native/reference';
const session = ['#lib/portal/session', '../session.ts', '../../session.ts'];

const borders: Border[] = [
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
        [...database, ...http, ...dialects, reference, '#lib/kernel/keys', '#lib/kernel/database'],
      ],
      ['Sign-in ends in lib/session.', nextAuth],
      [
        doors[0],
        [
          '#lib/*/*',
          '**/lib/**',
          '!#lib/*/index',
          '!#lib/*/rules',
          '!#lib/authorization-server/interaction',
          '!#lib/dialects',
          '!#lib/dialects/native',
          reference,
        ],
      ],
      [
        'Of the authorization server a page sees the request that waits for consent.',
        [...protocol, '!#lib/authorization-server/interaction'],
      ],
    ],
  },
  {
    includes: ['components/**'],
    forbid: [
      [
        'A component gets its data from the page.',
        [...database, ...http, ...dialects, ...protocol, ...nextAuth, ...session],
      ],
      [
        'A component may know the pure rules of a noun, nothing else of lib/.',
        ['#lib/**', '!#lib/*/rules', '!#lib/forms', '!#lib/errors', '**/lib/**'],
      ],
    ],
  },
  {
    includes: ['lib/*/**', '!lib/http/**', '!lib/dialects/**', '!lib/authorization-server/**'],
    forbid: [
      [
        'The core knows no web framework.',
        [...next, ...react, ...nextAuth, 'hono', 'hono/**', '@hono/**', 'oidc-provider'],
      ],
      [
        'The core does not know its callers.',
        [
          ...both('lib/http', 'lib/dialects', 'lib/authorization-server'),
          '../http/**',
          '../dialects/**',
          '../authorization-server/**',
          ...session,
        ],
      ],
      ['SQL is in db/queries.', ['drizzle-orm', 'drizzle-orm/*', 'postgres', '#db/schema/**', '**/db/**']],
      doors,
    ],
  },
  {
    includes: ['lib/dialects/**'],
    forbid: [
      [
        'A dialect only translates: data in, data out.',
        [
          ...database,
          ...next,
          ...react,
          ...nextAuth,
          ...http,
          ...protocol,
          ...session,
          'node:fs',
          'node:http',
          'node:net',
          'node:child_process',
          '#lib/kernel/database',
          '#lib/kernel/context',
        ],
      ],
      ['A dialect does not know another.', [...dialects, ...otherDialects]],
    ],
  },
  {
    includes: ['lib/http/**'],
    forbid: [
      ['Routes ask the core: no SQL here.', database],
      [
        'Programs see no pages.',
        [...next, ...react, ...nextAuth, ...both('app'), '#lib/portal/session', '../session.ts', '../../session.ts'],
      ],
      [
        doors[0],
        [
          ...['#lib/*/*', '../*/*', '!../../*', '../../*/*'],
          ...doorsOf('#lib', ''),
          ...doorsOf('..', '.ts'),
          ...doorsOf('../..', '.ts'),
          '!#lib/http/**',
        ],
      ],
      ['oidc-provider lives in lib/authorization-server.', ['oidc-provider']],
    ],
  },
  {
    includes: ['lib/authorization-server/**'],
    forbid: [
      [
        'The authorization server knows no pages and no routes.',
        [...next, ...react, ...nextAuth, ...both('app', 'lib/http', 'lib/dialects'), 'hono', 'hono/**', ...session],
      ],
      ['SQL is in db/queries.', ['drizzle-orm', 'drizzle-orm/*', 'postgres', '#db/schema/**']],
    ],
  },
  {
    includes: ['db/**'],
    forbid: [
      [
        'The database only stores: it knows nobody above it.',
        [...both('lib', 'app', 'components'), ...next, ...react, 'hono'],
      ],
    ],
  },
  {
    includes: ['lib/kernel/env.ts'],
    forbid: [['The configuration needs nobody.', ['#*/**', './*', '!./once.ts', '../**']]],
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

/** biome.json as it should be: what is written by hand, then the borders, then the size limit's exceptions. */
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
