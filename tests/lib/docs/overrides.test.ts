import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { expect, test } from 'vitest';
import { artifactsOf } from '#lib/authorization-server/adapter';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const page = read('docs/decisions/0031-audience.md');
const members = [...page.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, member = '']) => member),
);
const { privateKey } = await generateKeyPair('ES256', { extractable: true });
const provider = new Provider('https://issuer.example', {
  adapter: (kind) => artifactsOf(kind),
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kty: 'EC' }] },
  features: { devInteractions: { enabled: false } },
});

/** The value of `AccessToken.prototype.save`, by its names. */
const find = (member: string) =>
  member.split('.').reduce<unknown>((of, name) => (of as Record<string, unknown> | undefined)?.[name], provider);

test.each(members)('the installed library has %s, which we replace', (member) => {
  expect(find(member)).toBeTypeOf('function');
});

test('the table names the members that the code says it replaces, and the version that is installed', () => {
  const code = read('lib/authorization-server/overrides/overrides.ts');
  const said: string[] = [];
  for (const [, line = ''] of code.matchAll(/^ {2}\/\/ (.+)$/gm))
    for (const name of line.split(/[;,] /)) {
      // A name that begins with a dot is of the one before.
      const before = said.at(-1) ?? '';
      said.push(name.startsWith('.') ? before.slice(0, before.lastIndexOf('.')) + name : name);
    }
  expect(said.toSorted()).toEqual(members.toSorted());
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  for (const text of [page, code]) expect(text).toContain(`oidc-provider ${dependencies['oidc-provider']}`);
});
