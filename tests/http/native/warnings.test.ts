import { beforeAll, describe, expect, test } from 'vitest';
import { aBody, aTenant, json, type Made } from '#support/native';

type Warned = Made & { warnings: { field: string; pointer: string; rule: string; message: string }[] };

let mine: Awaited<ReturnType<typeof aTenant>>;
beforeAll(async () => {
  mine = await aTenant();
});

/** What the rule book accepts and the portal remarks upon: a name for loopback, two spellings, and pages somewhere else. */
const remarkable = {
  ...aBody,
  application_type: 'native',
  redirect_uris: ['http://localhost/cb', 'https://APP.example/callback', 'https://app.example'],
  post_logout_redirect_uris: ['https://elsewhere.example/bye'],
  tos_uri: 'https://elsewhere.example/tos',
  localized: { de: { policy_uri: 'https://elsewhere.example/datenschutz' } },
};
const found = [
  '#/localized/de/policy_uri M12',
  '#/localized/de/policy_uri M13',
  '#/post_logout_redirect_uris/0 R15',
  '#/redirect_uris/0 R8',
  '#/redirect_uris/1 R10',
  '#/redirect_uris/2 R10',
  '#/tos_uri M13',
];
const warned = ({ warnings }: Warned) => warnings.map(({ pointer, rule }) => `${pointer} ${rule}`).sort();

describe('the findings of the rule book', () => {
  test('are in the answer to a creation, a read, a change and a copy', async () => {
    const made = await json<Warned>(await mine.call('POST', '/clients', { body: remarkable }), 201);
    expect(warned(made)).toEqual(found);
    for (const { field, pointer, message } of made.warnings) {
      expect(pointer.startsWith(`#/${field}`)).toBe(true);
      expect(message).toMatch(/\S/);
    }
    const path = `/clients/${made.client_id}`;
    expect(warned(await json<Warned>(await mine.call('GET', path)))).toEqual(found);
    const copy = await json<Warned>(await mine.call('POST', `${path}/clone`), 201);
    expect(warned(copy)).toEqual(found);
    const body = { tos_uri: 'https://app.example/tos', localized: null, post_logout_redirect_uris: [] };
    const changed = await json<Warned>(await mine.call('PATCH', path, { body }));
    expect(warned(changed)).toEqual(found.filter((one) => one.startsWith('#/redirect_uris')));
    expect(warned(await json<Warned>(await mine.call('POST', `${path}/disable`)))).toEqual(warned(changed));
  });

  test('are an empty list without findings', async () => {
    expect((await mine.make()).warnings).toEqual([]);
  });

  test('are not in lists, and block nothing', async () => {
    await mine.call('POST', '/clients', { body: remarkable });
    const { items } = await json<{ items: object[] }>(await mine.call('GET', '/clients'));
    for (const item of items) expect(item).not.toHaveProperty('warnings');
  });
});
