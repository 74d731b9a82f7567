import { describe, expect, test } from 'vitest';
import { readCursor, writeCursor } from '#lib/cursors/index';

const list = { organization: 'a', sort: 'created', filter: { status: 'active' } };
const place = ['2026-01-02 03:04:05.678+00', 'e3c9', false];
const cursor = writeCursor(place, list);

test('a cursor gives its place in its list', () => {
  expect(readCursor(cursor, list)).toEqual(place);
  expect(cursor).toMatch(/^[\w-]+\.[\w-]{22}$/);
});

describe('a cursor is invalid', () => {
  test.each([
    ['another organization', { ...list, organization: 'b' }],
    ['another order', { ...list, sort: 'name' }],
    ['another filter', { ...list, filter: {} }],
    ['no list', undefined],
  ])('in %s', (_, other) => {
    expect(readCursor(cursor, other)).toBeUndefined();
  });

  test('when any of its characters is another', () => {
    for (let at = 0; at < cursor.length; at++)
      for (const sign of 'Ab-_.= ')
        if (cursor[at] !== sign)
          expect(readCursor(cursor.slice(0, at) + sign + cursor.slice(at + 1), list)).toBeUndefined();
  });

  test.each([
    '',
    '.',
    '..',
    'é',
    `${cursor}.`,
    `${cursor}=`,
    cursor.slice(0, -1),
    '\u0000',
    'W10.AAAAAAAAAAAAAAAAAAAAAA',
  ])('as %j', (text) => {
    expect(readCursor(text, list)).toBeUndefined();
  });
});
