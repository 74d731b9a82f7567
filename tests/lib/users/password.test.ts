import { describe, expect, test } from 'vitest';
import { judgePassword } from '#lib/users/password';
import { hashPassword, isPassword, needsRehash } from '#lib/users/password-hash';
import { workOf } from '#support/work';

const ada = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace' };

describe('a new password', () => {
  test.each([
    'correct horse battery',
    'zvmqkfrtwplx',
    'ein Satz ohne Zahl',
    '🐎🔋📎🐎🔌📎🪵🐎🔋🧷🐎🪨',
    'Monkey-83629471629',
  ])('%s is accepted: twelve characters and no other rule', (password) =>
    expect(judgePassword(password, ada)).toEqual([]),
  );

  test.each([
    ['elevenchars', 'too short'],
    ['🐎🔋📎🐎🔌📎', 'six characters, though twelve code units'],
    ['1qaz2wsx3edc', 'commonest'],
    ['UNBELIEVABLE', 'commonest in another case'],
    ['password1234', 'commonest with four digits'],
    ['!Sunshine2024', 'commonest with five others around it'],
    ['passwordpassword', 'commonest twice'],
    ['aaaaaaaaaaaaaaa', 'one character'],
    ['abababababab', 'two characters'],
    ['xyz1xyz1xyz1', 'a short piece repeated'],
    ['abcdefghijkl', 'a sequence'],
    ['098765432109', 'a sequence backwards'],
    ['qwertyuiopas', 'a row of keys'],
    ['ada.lovelace@example.com', 'the address'],
    ['AdaLovelace1', 'the name and a digit'],
    ['clienteleclientele', 'the name of this place'],
    ['x'.repeat(12).replace('x', '\0'), 'U+0000'],
    [`correct horse ${'\ud800'}`, 'a lone surrogate'],
    ['é'.repeat(600), 'more than 1024 bytes'],
  ])('%j is refused: %s', (password) => expect(judgePassword(password, ada)).toHaveLength(1));

  test('is refused under the name of the field that holds it', () => {
    expect(judgePassword('short', ada, 'newPassword')[0]?.field).toBe('newPassword');
  });
});

describe('a stored password', () => {
  test('is argon2id in PHC form with its own salt', async () => {
    const [one, other] = await Promise.all([
      hashPassword('correct horse battery'),
      hashPassword('correct horse battery'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
    expect(needsRehash(one)).toBe(false);
    expect(needsRehash(one.replace('m=19456', 'm=4096'))).toBe(true);
  });

  test('matches only the same text, in any Unicode form', async () => {
    const hash = await hashPassword('Café au lait noir');
    expect(await isPassword('Cafe\u0301 au lait noir', hash)).toBe(true);
    expect(await isPassword('Café au lait Noir', hash)).toBe(false);
  });

  test('an account without one matches nothing, after the same work', async () => {
    const hash = await hashPassword('correct horse battery');
    const work = { known: 0, unknown: 0 };
    for (let i = 0; i < 6; i++) {
      work.known += await workOf(async () => expect(await isPassword('wrong horse battery', hash)).toBe(false));
      work.unknown += await workOf(async () => expect(await isPassword('wrong horse battery', null)).toBe(false));
    }
    expect(work.unknown / work.known).toBeGreaterThan(0.6);
    expect(work.unknown / work.known).toBeLessThan(1.6);
  });

  test('too many at once are refused instead of filling the memory', async () => {
    const results = await Promise.allSettled(Array.from({ length: 90 }, () => isPassword('x', null)));
    const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused.length).toBe(90 - 2 - 64);
    expect(refused[0]?.reason).toMatchObject({ code: 'rate_limited' });
    expect(await isPassword('x', null)).toBe(false);
  });
});
