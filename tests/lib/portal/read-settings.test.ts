import { getTableColumns } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { isFieldName } from '#lib/clients/rules';
import { readSettings } from '../../../app/(owner)/clients/[clientId]/settings/read.ts';
import { trimmedLines } from '../../../app/(owner)/clients/read-form.ts';

const form = (entries: [string, string][]) => {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
};
const lifetimes: [string, string][] = ['accessTokenLifetimeSeconds', 'refreshTokenLifetimeSeconds'].flatMap((name) => [
  [name, '1'],
  [name, 'hours'],
]);
const choices: [string, string][] = [
  ['applicationType', 'web'],
  ['tokenEndpointAuthMethod', 'client_secret_basic'],
];

test('a form that names every column of a client changes fields of its metadata and the product only', () => {
  const columns = Object.entries(getTableColumns(clients)).flatMap(([name, column]): [string, string][] => [
    [name, '1'],
    [column.name, '1'],
  ]);
  const { patch } = readSettings(form([...lifetimes, ...columns]));
  expect(Object.keys(patch).filter((name) => !isFieldName(name))).toEqual(['productId']);
  expect(patch).not.toHaveProperty('environment');
});

test('an unreadable value is one issue with the field’s rule', () => {
  const { patch, unreadable } = readSettings(
    form([
      ...choices,
      ['accessTokenLifetimeSeconds', '0'],
      ['accessTokenLifetimeSeconds', 'hours'],
      ['refreshTokenLifetimeSeconds', 'x'],
      ['refreshTokenLifetimeSeconds', 'days'],
      ['jwks', '{}'],
      ['productId', '-1'],
    ]),
  );
  expect(unreadable.map(({ field, rule, misread }) => `${rule} ${field} ${misread}`)).toEqual([
    'product productId true',
    'M8 jwks true',
    'lifetime accessTokenLifetimeSeconds true',
    'lifetime refreshTokenLifetimeSeconds true',
  ]);
  expect([patch.accessTokenLifetimeSeconds, patch.refreshTokenLifetimeSeconds]).toEqual([undefined, undefined]);
});

test('an empty control means no value', () => {
  const emptied: [string, string][] = [
    ['jwksUri', ' '],
    ['jwks', ''],
    ['productId', ''],
  ];
  const { patch, unreadable } = readSettings(form([...lifetimes, ...choices, ...emptied]));
  expect(unreadable).toEqual([]);
  expect(patch).toMatchObject({ jwksUri: null, jwks: null, productId: null });
  expect(
    trimmedLines(
      form([
        ['contacts', ' '],
        ['contacts', ''],
        ['contacts', ' a@b.example '],
      ]),
      'contacts',
    ),
  ).toEqual(['a@b.example']);
});
