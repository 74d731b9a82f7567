import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitPastedUris, unwrapUri } from '#lib/clients/rules/uri-paste';

const two = ['https://a.example/cb', 'https://b.example/cb'];

describe('a paste of several URIs is split', () => {
  test.each([
    ['one a line', two.join('\n')],
    ['one a line, as Windows writes it, with empty lines', `${two.join('\r\n\r\n')}\r\n`],
    ['with spaces', two.join('  ')],
    ['with commas', two.join(',')],
    ['with commas and spaces', `${two.join(', ')},`],
    ['with semicolons', two.join('; ')],
    ['a JSON list', JSON.stringify(two)],
    ['a JSON list over several lines', JSON.stringify(two, null, 2)],
    ['a Markdown list', two.map((uri) => `- ${uri}`).join('\n')],
    ['a numbered list', two.map((uri, index) => `${index + 1}. ${uri}`).join('\n')],
    ['in brackets', `(${two.join(', ')})`],
    ['in quotation marks', two.map((uri) => `"${uri}"`).join(' ')],
  ])('%s', (_how, text) => expect(splitPastedUris(text)).toEqual(two));

  test('schemes of any kind', () =>
    expect(splitPastedUris('com.example.app://cb, http://[::1]/cb;http://localhost')).toEqual([
      'com.example.app://cb',
      'http://[::1]/cb',
      'http://localhost',
    ]));
  test('lines without a scheme', () =>
    expect(splitPastedUris('a.example/cb\nb.example/cb')).toEqual(['a.example/cb', 'b.example/cb']));
});

test('one URI is never split', () => {
  const uris = ['https://a.example/cb?x=1,2;3', "https://a.example/(cb)'", 'https://a.example/*', 'http://[::1]'];
  for (const uri of uris) expect([splitPastedUris(uri), unwrapUri(uri)]).toEqual([[uri], uri]);
});

test('a URI that a parser accepts is never changed by unwrapping', () => {
  fc.assert(fc.property(fc.webUrl({ withQueryParameters: true }), (uri) => void expect(unwrapUri(uri)).toBe(uri)));
});

test('any text is split fast and without an error', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => void splitPastedUris(text)));
  for (const sign of ['"', '<(["', ' ', ', ', 'a:', '- '])
    expect(splitPastedUris(sign.repeat(100_000)).length).toBeLessThan(200_000);
});
