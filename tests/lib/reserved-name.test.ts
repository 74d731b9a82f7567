import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reservedNameIn } from '#lib/names/index';

beforeAll(() => {
  process.env.CLIENTELE_RESERVED_NAMES = 'Google, Acme Bank, O2';
});
afterAll(() => {
  delete process.env.CLIENTELE_RESERVED_NAMES;
});

describe('a name that contains a reserved one as whole words is found', () => {
  test.each([
    ['Clientele', 'Clientele'],
    ['Clientele', 'Clientele Security Check'],
    ['Clientele', 'Security by CLIENTELE'],
    ['Clientele', 'Сlіеntеlе'], // Cyrillic
    ['Clientele', '𝐂lientele'],
    ['Clientele', 'Clientèle'],
    ['Clientele', 'Client ele'],
    ['Clientele', 'C l i e n t e l e'],
    ['Clientele', 'C.l.i.e.n.t.e.l.e.'],
    ['Clientele', 'ClienteleSupport'],
    ['Clientele', '[Clientele] sign-in'],
    ['Clientele', 'Clientele!'],
    ['Clientele', '@Clientele'],
    ['Clientele', '$Clientele|Sign-in'],
    ['Clientele', 'Cl!entele'],
    ['Google', 'Google@Work'],
    ['Acme Bank', 'Acme B@nk'],
    ['Acme Bank', '(Acme!) Bank!'],
    ['Google', 'Google Drive'],
    ['Google', 'G00gle Drive'],
    ['Google', 'My-Google_App'],
    ['Acme Bank', 'ACME-BANK login'],
    ['Acme Bank', 'The AcmeBank'],
    ['O2', '02 Wallet'],
  ])('%s in %j', (reserved, name) => expect(reservedNameIn(name)).toBe(reserved));
});

test.each([
  'Clientele'.slice(0, 6),
  'Client elements',
  'Googler',
  'Acme',
  'Bank of Acme',
  'CO2 monitor',
  'Invoices',
  '🏳️\u200d🌈',
])('%j is not reserved', (name) => expect(reservedNameIn(name)).toBeUndefined());

test('is found among very many words', () => {
  expect(reservedNameIn(`${'c l i e n t '.repeat(20_000)} Clientele`)).toBe('Clientele');
  expect(reservedNameIn('c l i e n t '.repeat(20_000))).toBeUndefined();
});
