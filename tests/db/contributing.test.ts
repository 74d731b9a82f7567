import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

// CONTRIBUTING.md lists the files of an addition. Each list is followed here on copies of the sources: with every file of the
// list the named tests are content, and they fail without what they require.
const folder = mkdtempSync(join(tmpdir(), 'clientele-guide-'));
afterAll(() => rmSync(folder, { recursive: true }));

const guide = readFileSync('CONTRIBUTING.md', 'utf8');

/** The files that a section lists. */
function filesIn(title: string): string[] {
  const [section = ''] = guide.split(`## ${title}\n`)[1]?.split('\n## ') ?? [];
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, file = '']) => file);
}

/** What the example adds to a file of the list: a whole file, or lines after the first line with `after`; or a copy of a folder, with other words. */
type Edit = { file: string; text: string; after?: string } | { file: string; from: string; words: [string, string][] };

function apply(copy: string, edit: Edit): void {
  const path = join(copy, edit.file);
  if ('from' in edit) {
    if (edit.from !== edit.file) cpSync(edit.from, path, { recursive: true });
    const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
    for (const one of files)
      writeFileSync(
        one,
        edit.words.reduce((text, [old, now]) => text.replaceAll(old, now), readFileSync(one, 'utf8')),
      );
    return;
  }
  const { file, text, after } = edit;
  if (after === undefined) {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, text);
    return;
  }
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes(after));
  expect(at, `${file}: ${after}`).toBeGreaterThan(-1);
  writeFileSync(path, lines.toSpliced(at + 1, 0, text).join('\n'));
}

/** A copy of parts of the sources, in which the edits are made. */
function copyWith(name: string, parts: readonly string[], edits: readonly Edit[]): string {
  const copy = join(folder, name);
  for (const part of [...parts, 'package.json', 'tsconfig.json']) cpSync(part, join(copy, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const isCopied = ({ file }: Edit) => parts.some((part) => file === part || file.startsWith(`${part}/`));
  for (const edit of edits.filter(isCopied)) apply(copy, edit);
  return copy;
}

/** Not what this run of vitest says to its workers. */
const environment: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
for (const name of Object.keys(environment)) if (name.startsWith('VITEST')) delete environment[name];
const run = (cwd: string, ...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: environment,
  });
  return { said: stdout + stderr, status };
};

describe('add a verb', () => {
  const history = 'app/(owner)/clients/[clientId]/history/event-words.ts';
  /** The example: a secret gets another name. By the file of the guide. */
  const edits: Record<string, Edit> = {
    'lib/<noun>/<file>.ts': {
      file: 'lib/secrets/rename.ts',
      text: `
import { selectSecret, updateSecretName } from '#db/queries/secrets';
import { recordAudit } from '#lib/audit/index';
import { getEditableClient, isClientId } from '#lib/clients/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound } from '#lib/kernel/errors';
import { checkSecretInput } from './issue.ts';
import type { ClientSecret } from './rules.ts';

/**
 * Renames a secret.
 *
 * @throws invalid_metadata: the name breaks the rules
 * @throws not_found, forbidden: as \`getEditableClient\`, or there is no such secret
 */
export function renameSecret(ctx: Context, clientId: string, secretId: string, name: string): Promise<ClientSecret> {
  checkSecretInput({ name, expiresAt: null });
  return inTransaction(ctx, async (tx) => {
    const { organizationId } = await getEditableClient(tx, clientId);
    const secret = isClientId(secretId) ? await selectSecret(tx.db, { clientId, secretId }) : undefined;
    if (!secret) throw notFound('Secret');
    await updateSecretName(tx.db, { clientId, secretId }, name);
    await recordAudit(tx, {
      action: 'secret.rename',
      organizationId,
      targetType: 'client',
      targetId: clientId,
      before: { secretId, name: secret.name },
      after: { secretId, name },
    });
    return { ...(secret as ClientSecret), name };
  });
}
`,
    },
    'lib/<noun>/index.ts': { file: 'lib/secrets/index.ts', text: "export { renameSecret } from './rename.ts';\n" },
    'db/queries/<noun>.ts': {
      file: 'db/queries/secrets.ts',
      text: `
export async function updateSecretName(db: Db, where: { clientId: string; secretId: string }, name: string) {
  await db
    .update(secrets)
    .set({ name })
    .where(and(eq(secrets.clientId, where.clientId), eq(secrets.id, where.secretId)));
}
`,
    },
    'lib/audit/index.ts': {
      file: 'lib/audit/index.ts',
      after: '| `secret.',
      text: "    | 'secret.rename'",
    },
    [history]: { file: history, after: "'secret.expire':", text: "  'secret.rename': 'Renamed a secret'," },
    'tests/db/matrix.test.ts': {
      file: 'tests/db/matrix.test.ts',
      after: 'const verbs: Verb[] = [',
      text: "  ['renameSecret', 'edit', (ctx, { clientId, secretId }) => renameSecret(ctx, clientId, secretId, 'Berlin')],",
    },
    'lib/dialects/native/operations/<noun>.ts': {
      file: 'lib/dialects/native/operations/secrets.ts',
      after: 'export const secretOperations = {',
      text: `  renameSecret: {
    method: 'PATCH',
    path: one,
    group,
    summary: 'Rename a secret',
    description: 'Its name tells it from the others.',
    access: write,
    body: z.strictObject({ name }).meta({ id: 'SecretName' }),
    status: 200,
    answer: secretWire,
  },`,
    },
    'lib/http/native/<noun>.ts': {
      file: 'lib/http/native/secrets.ts',
      after: 'export const secrets: Handlers',
      text: `  async renameSecret({ ctx, params, body }) {
    return { body: writeSecret(await renameSecret(ctx, params.client_id, params.secret_id, body.name)) };
  },
`,
    },
    'tests/http/matrix.test.ts': {
      file: 'tests/http/matrix.test.ts',
      after: 'const ours: Row[] = [',
      text: `  [\`PATCH \${client}/secrets/{secret_id}\`, 'edit', { name: 'Berlin' }],`,
    },
  };
  const command = 'client rename-secret --client ID --secret ID --name N';
  Object.assign(edits, {
    'scripts/clientele/<noun>.ts': {
      file: 'scripts/clientele/client.ts',
      after: 'export const clientCommands = [',
      text: `  registryCommand('${command}', async (ctx, typed) => {
    const [clientId, secretId] = [required(typed, 'client'), required(typed, 'secret')];
    const { name } = await renameSecret(ctx, clientId, secretId, required(typed, 'name'));
    return { clientId, secretId, name };
  }),`,
    },
    'README.md': {
      file: 'README.md',
      after: 'clientele -- registration-token revoke',
      text: `npm run -s clientele -- ${command}`,
    },
  } satisfies Record<string, Edit>);
  /** Imports of the new names; they belong to the edit of their file. */
  const imports: Edit[] = [
    { file: 'lib/http/native/secrets.ts', after: 'listSecrets,', text: '  renameSecret,' },
    {
      file: 'scripts/clientele/client.ts',
      after: "from '#lib/clients/index';",
      text: "import { renameSecret } from '#lib/secrets/index';",
    },
    {
      file: 'tests/db/matrix.test.ts',
      after: 'import { createSecret,',
      text: "import { renameSecret } from '#lib/secrets/index';",
    },
  ];
  const listed = filesIn('Add a verb');
  const tests = ['tests/db/matrix.test.ts', 'tests/http/matrix.test.ts', 'tests/lib/clientele/parse.test.ts'];
  const everything = [...Object.values(edits), ...imports];

  test('has its rows and its usage line, and tests fail without them', () => {
    expect(listed).toEqual(Object.keys(edits));
    const parts = [
      'lib',
      'db',
      'app',
      'components',
      'drizzle',
      'scripts',
      'tests',
      'docs',
      'vitest.config.ts',
      'README.md',
    ];
    const attempt = (copy: string) =>
      run(
        copy,
        'node_modules/vitest/vitest.mjs',
        'run',
        ...tests,
        '-t',
        'has its row|renameSecret|PATCH .*secret_id|README',
      );
    const complete = attempt(copyWith('rows', parts, everything));
    expect(complete.said).toMatch(/Tests\s+\d\d passed/);
    expect(complete.status).toBe(0);
    const lacking = attempt(
      copyWith(
        'no-rows',
        parts,
        everything.filter(({ file }) => !tests.includes(file) && file !== 'README.md'),
      ),
    );
    expect(lacking.said).toMatch(/every verb of the core has its row[\s\S]*renameSecret/);
    expect(lacking.said).toMatch(
      /every operation of our own API[\s\S]*PATCH \/api\/v1\/clients\/\{client_id\}\/secrets\/\{secret_id\}/,
    );
    expect(lacking.said).toMatch(/README[\s\S]*client rename-secret/);
    expect(lacking.said).toMatch(/Tests\s+3 failed/);
  });
});

describe('add an API', () => {
  /** The example: the Applications API at another path. By the file of the guide. */
  const edits: Record<string, Edit[]> = {
    'lib/dialects/<api>/': [{ file: 'lib/dialects/example', from: 'lib/dialects/apps', words: [] }],
    'lib/http/<api>/': [
      {
        file: 'lib/http/example',
        from: 'lib/http/apps',
        words: [
          ['dialects/apps', 'dialects/example'],
          ['/o/apps', '/o/examples'],
          ["'apps'", "'example'"],
          ['const apps:', 'const examples:'],
        ],
      },
    ],
    'lib/http/app.ts': [
      {
        file: 'lib/http/app.ts',
        after: "from './apps/index.ts'",
        text: "import { examples } from './example/index.ts';",
      },
      { file: 'lib/http/app.ts', after: '  apps,', text: '  examples,' },
    ],
    'lib/kernel/actor.ts': [{ file: 'lib/kernel/actor.ts', after: "  'apps',", text: "  'example'," }],
    'lib/clients/rules/channel.ts': [
      {
        file: 'lib/clients/rules/channel.ts',
        after: '  telnyx: { ...vendorChannel',
        text: "  example: { ...vendorChannel, applicationType: 'machine', defaults: { grantTypes: ['client_credentials'] } },",
      },
    ],
    'app/(owner)/clients/words.ts': [
      { file: 'app/(owner)/clients/words.ts', after: '  apps: ', text: "  example: 'Example API'," },
    ],
    'lib/resources/rules.ts': [{ file: 'lib/resources/rules.ts', after: "  '/o/apps',", text: "  '/o/examples'," }],
    'db/schema/client.ts': [
      {
        file: 'db/schema/client.ts',
        from: 'db/schema/client.ts',
        words: [
          ["  | 'apps'", "  | 'apps'\n  | 'example'"],
          ["'apps', 'registration'", "'apps', 'example', 'registration'"],
        ],
      },
    ],
    'tests/http/contract.test.ts': [
      {
        file: 'tests/http/contract.test.ts',
        after: 'const channels: Channel[] = [',
        text: `  {
    name: 'example',
    takes: new Set(Object.keys(appsWire.shape)),
    create: ['POST', '/o/examples/', { name: 'Ledger' }],
    list: ['GET', '/o/examples/'],
    remove: (id) => ['DELETE', \`/o/examples/\${id}/\`],
    idOf: (answer) => text(answer.id),
    secretOf: (answer) => answer.client_secret,
    promises: ['create'],
    shows: (id) => \`"id":\${id},\`,
  },`,
      },
    ],
  };
  const listed = filesIn('Add an API');
  const without = (...left: string[]) =>
    Object.entries(edits).flatMap(([name, made]) => (left.includes(name) ? [] : made));

  test('answers in the contract suite, and tests fail without its path or its row', () => {
    expect(listed).toEqual(Object.keys(edits));
    const parts = [
      'lib',
      'db',
      'app',
      'components',
      'drizzle',
      'drizzle.config.ts',
      'scripts',
      'tests',
      'docs',
      'vitest.config.ts',
    ];
    const tests = ['tests/http/contract.test.ts', 'tests/lib/http/apis.test.ts'];
    const attempt = (name: string, ...left: string[]) => {
      const copy = copyWith(name, parts, without(...left));
      expect(run(copy, 'scripts/generate-migration.ts', 'example').said).toContain('_example.sql');
      return run(copy, 'node_modules/vitest/vitest.mjs', 'run', ...tests, '-t', 'example|has its row');
    };
    const complete = attempt('served');
    expect(complete.said).toMatch(/Tests\s+\d+ passed/);
    expect(complete.status).toBe(0);
    expect(attempt('no-path', 'lib/resources/rules.ts', 'tests/http/contract.test.ts').said).toMatch(
      /Tests\s+2 failed/,
    );
  });
});

describe('add a table', () => {
  const generate = (copy: string, name: string) => run(copy, 'scripts/generate-migration.ts', name).said;
  const parts = ['db/schema', 'drizzle', 'drizzle.config.ts', 'scripts/generate-migration.ts'];

  test('the migrations have everything that the schema has', () => {
    expect(generate(copyWith('table-none', parts, []), 'nothing')).toContain('No schema changes');
  });

  test('a new table is found, and its migration is a file, its snapshot and the journal', () => {
    expect(filesIn('Add a table, or another migration')).toContain('db/schema/<noun>.ts');
    const table: Edit = {
      file: 'db/schema/example.ts',
      text: `
import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { users } from './user.ts';

export const examples = pgTable('examples', {
  id: uuid('id').primaryKey().defaultRandom(),
  userId: text('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  createdAt: createdAt(),
});
`,
    };
    const copy = copyWith('table', parts, [table]);
    const said = generate(copy, 'examples');
    const [, tag = ''] = /(\d{4}_examples)\.sql/.exec(said) ?? [];
    expect(readFileSync(join(copy, `drizzle/${tag}.sql`), 'utf8')).toMatch(
      /CREATE TABLE "examples"[\s\S]*ON DELETE cascade/,
    );
    expect(readFileSync(join(copy, 'drizzle/meta/_journal.json'), 'utf8')).toContain(tag);
    expect(existsSync(join(copy, `drizzle/meta/${tag.slice(0, 4)}_snapshot.json`))).toBe(true);
    expect(generate(copy, 'again')).toContain('No schema changes');
  });
});
