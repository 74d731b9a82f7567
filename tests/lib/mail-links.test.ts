import { expect, test } from 'vitest';
import { piecesOf } from '#lib/mail/index';

const links = (text: string) =>
  piecesOf(text, 'https://portal.example')
    .map(({ href }) => href)
    .filter(Boolean);

test("a mail's own links are links, and its text is unchanged", () => {
  const text = 'Here:\nhttps://portal.example/reset-password?token=abc\nBye https://evil.example/x';
  expect(links(text)).toEqual(['/reset-password?token=abc']);
  expect(
    piecesOf(text, 'https://portal.example')
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});

test.each([
  'https://evil.example/',
  'https://portal.example.evil.example/',
  'https://portal.example@evil.example/',
  'https://me:pw@portal.example/',
  'http://portal.example/',
  'https://portal.example//evil.example',
  'javascript:alert(1)//https://portal',
])('%s is not a link', (text) => expect(links(text)).toEqual([]));
