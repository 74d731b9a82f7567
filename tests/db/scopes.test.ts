import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { scopes } from '#db/schema/scope';
import { forgetConfigured } from '#lib/kernel/configured';
import { languages } from '#lib/languages/index';
import { describeScopes, listScopes, scopeNames, scopesInWords } from '#lib/scopes/index';
import { clientele } from '#support/command-line';
import { db } from '#support/database';

describe('the scope catalogue', () => {
  test('is filled with the scopes of the five APIs’ examples', async () => {
    const examples =
      'openid profile email offline_access read write create:customers customers:create admin files:read';
    expect([...(await scopeNames(db))]).toEqual(expect.arrayContaining(examples.split(' ')));
  });

  test('says each scope in words, in every language of the public pages', async () => {
    for (const { name, texts } of await listScopes(db))
      for (const language of languages)
        expect(texts[language], `${name} in ${language}`).toEqual({
          title: expect.stringMatching(/\S/),
          description: expect.stringMatching(/\S/),
        });
  });

  test('says what an app “will be able to” do by a verb, in Italian and Polish too', async () => {
    for (const { texts } of await listScopes(db)) {
      expect(texts.it?.title).toMatch(/^\S+r(?:e|ti) /);
      expect(texts.pl?.title).toMatch(/^\S+ć /);
    }
  });

  test('is in the operator’s order, and so is what a client has of it', async () => {
    const all = await listScopes(db);
    expect(all.map(({ position }) => position)).toEqual(all.map(({ position }) => position).sort((a, b) => a - b));
    const some = await describeScopes(db, ['write', 'never-was', 'openid', 'write']);
    expect(some.map(({ name }) => name)).toEqual(['openid', 'write']);
  });

  test('scopes with equal texts are one entry with every name', async () => {
    const said = scopesInWords(await describeScopes(db, ['create:customers', 'openid', 'customers:create']), 'it');
    expect(said.map(({ names }) => names.toSorted())).toEqual([['openid'], ['create:customers', 'customers:create']]);
    const unspoken = scopesInWords(await describeScopes(db, ['openid']), 'xx');
    expect(unspoken).toEqual(scopesInWords(await describeScopes(db, ['openid']), 'en'));
  });

  test('of scopes with equal texts, the highest sensitivity counts', async () => {
    const [openid] = await describeScopes(db, ['openid']);
    if (!openid) throw new Error('no openid');
    const as = (sensitivity: 'normal' | 'sensitive' | 'restricted') => ({ ...openid, name: sensitivity, sensitivity });
    const said = scopesInWords([as('normal'), as('restricted'), as('sensitive')], 'en');
    expect(said.map(({ sensitivity }) => sensitivity)).toEqual(['restricted']);
  });

  test('a retired scope is offered to nobody and still described where a client has it', async () => {
    await db.update(scopes).set({ retiredAt: new Date() }).where(eq(scopes.name, 'admin'));
    forgetConfigured('scopes');
    expect((await scopeNames(db)).has('admin')).toBe(false);
    expect((await describeScopes(db, ['admin'])).map(({ name }) => name)).toEqual(['admin']);
  });
});

test('clientele scope: list, update', { timeout: 120_000 }, async () => {
  const update = ['scope', 'update', '--name', 'write'];
  const changed = { name: 'write', access: 'write', sensitivity: 'sensitive', advertised: true, open: true };
  expect(await clientele([...update, '--advertised', 'yes', '--open', 'yes'])).toMatchObject({
    status: 0,
    json: changed,
  });
  expect((await clientele(['scope', 'list'])).json.scopes).toContainEqual(expect.objectContaining(changed));
  for (const wrong of [[], ['--open', 'perhaps']]) expect((await clientele([...update, ...wrong])).status).toBe(2);
  const restricted = ['scope', 'update', '--name', 'clients:secrets', '--open', 'yes'];
  expect((await clientele(restricted)).stderr).toContain('A restricted scope is never open to strangers.');
});
