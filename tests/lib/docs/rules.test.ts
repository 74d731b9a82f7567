import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { completeMetadata, judgeMetadata, type NewClient } from '#lib/clients/rules';
import { fields } from '#lib/clients/rules/fields';
import { readNew } from '#lib/dialects/native/read';
import { readClientBody } from '#lib/dialects/native/read-body';
import { newClientWire } from '#lib/dialects/native/wire';
import { readNew as readRegistration } from '#lib/dialects/registration/index';
import { type Issue, isRegistryError } from '#lib/kernel/errors';

const page = readFileSync('docs/rules.md', 'utf8');
type Entry = { id: string; text: string; examples: string[]; source: string | undefined; tests: string[] };

/** One entry for each heading `### id: title`. */
const entries: Entry[] = page
  .split(/^### /m)
  .slice(1)
  .map((section) => section.split(/^## /m)[0] ?? '')
  .map((text) => ({
    id: /^(\w+): ./.exec(text)?.[1] ?? text.split('\n', 1)[0] ?? '',
    text,
    examples: [...text.matchAll(/^- (?:Example|Refused|Warning)\b.*: (.+)$/gm)].map(([line]) => line),
    source: /^- Source: (.+)$/m.exec(text)?.[1],
    tests: [...(/^- Test: (.+)$/m.exec(text)?.[1] ?? '').matchAll(/\]\(\.\.\/(tests\/[\w/.-]+)\)/g)].map(
      ([, file = '']) => file,
    ),
  }));
const ids = entries.map(({ id }) => id);

const filesOf = (...patterns: string[]) => patterns.flatMap((pattern) => globSync(pattern));
const textOf = (file: string) => readFileSync(file, 'utf8');

describe('an entry', () => {
  test('exists once for each id', () => {
    expect(ids.length).toBeGreaterThan(80);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  test.each(entries)('$id has an example, a source and a test', ({ examples, source, tests }) => {
    expect(examples.length).toBeGreaterThan(0);
    expect(source).toMatch(/\w{2,}/);
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((file) => !existsSync(file))).toEqual([]);
  });

  test.each(entries)('$id names tests that name it in a title or in an expected value', ({ id, tests }) => {
    const named = new RegExp(`['"\`](?:[^'"\`\\n]*[^\\w'"\`\\n])?${id}(?:[^\\w'"\`\\n][^'"\`\\n]*)?['"\`]`);
    expect(tests.filter((file) => !named.test(textOf(file)))).toEqual([]);
  });
});

describe('an id resolves', () => {
  test('in comments, messages and titles of the code, its tests and the decisions', () => {
    const files = filesOf('{app,db,lib}/**/*.{ts,tsx}', 'docs/decisions/*.md', 'tests/**/*.ts');
    const used = files.flatMap((file) =>
      [...textOf(file).matchAll(/(?<![%\w.#/-])[RMPSAC][1-9]\d?\b(?! \d)/g)].map(([id]) => `${id} in ${file}`),
    );
    expect(used.length).toBeGreaterThan(500);
    expect(used.filter((use) => !ids.includes(use.split(' ')[0] ?? ''))).toEqual([]);
  });

  test('in every issue of the core and the portal, and for each field', () => {
    const files = filesOf('app/**/*.{ts,tsx}', 'lib/**/*.ts').filter((file) => !file.includes('dialects/docspace'));
    const used = files.flatMap((file) =>
      [
        ...textOf(file).matchAll(
          /\brule: '(\w+)'|\b(?:refusal|finding|misread)\([^,()]+, '(\w+)'|\blogoIssue\('([\w.]+)'/g,
        ),
      ].map(([, named, given, ofLogo]) => named ?? given ?? ofLogo ?? ''),
    );
    const ofFields = Object.values(fields).map(({ rule }) => rule);
    expect(used.length).toBeGreaterThan(100);
    const known = (id: string) => ids.includes(id) || page.includes(`\`${id}\``);
    expect([...new Set([...used, ...ofFields])].filter((id) => !known(id))).toEqual([]);
  });
});

const catalogue = new Set(['openid', 'profile', 'email', 'offline_access', 'read', 'write']);
const base = { client_name: 'Example', redirect_uris: ['https://app.example.com/cb'] };

/** The issues that our own API finds in a new client. */
function ofNative(body: object): Issue[] {
  const read = readClientBody(newClientWire, { ...base, ...body });
  try {
    const { metadata } = readNew(read.body as Parameters<typeof readNew>[0]);
    const misread = read.issues.map(({ field }) => field.split('.')[0] ?? '');
    return [
      ...read.issues,
      ...judgeMetadata(completeMetadata(metadata, 'native'), { channel: 'native', catalogue, misread }),
    ];
  } catch (error) {
    if (isRegistryError(error)) return [...error.issues];
    throw error;
  }
}

/** The issues, replaced values and hints of a dynamic registration. */
function ofRegistration(body: object): Issue[] {
  const { metadata, issues, replaced, hints } = readRegistration({ ...base, ...body });
  const complete = completeMetadata(metadata as NewClient, 'registration');
  return [...issues, ...replaced, ...hints, ...judgeMetadata(complete, { channel: 'registration', catalogue })];
}

/** `- Refused: \`{"member": "value"}\`: message`, of our own API; `- Refused by registration: …` of dynamic registration. */
const tried = entries.flatMap(({ id, examples }) =>
  examples.flatMap((line) => {
    const [, kind, where, json, message] =
      /^- (Refused|Warning)( (?:by|of) registration)?: `(.+)`: (.+)$/.exec(line) ?? [];
    return json === undefined ? [] : [{ id, severity: kind === 'Refused' ? 'error' : 'warning', where, json, message }];
  }),
);

describe('an example is answered as the page says', () => {
  test('for many', () => expect(tried.length).toBeGreaterThan(30));

  test.each(tried)('$id $severity $json', ({ id, severity, where, json, message }) => {
    const issues = (where === undefined ? ofNative : ofRegistration)(JSON.parse(json));
    expect(
      issues.map((issue) => ({ severity: issue.severity ?? 'error', rule: issue.rule, message: issue.message })),
    ).toContainEqual({
      severity,
      rule: id,
      message,
    });
  });
});
