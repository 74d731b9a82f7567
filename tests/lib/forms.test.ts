import { describe, expect, test } from 'vitest';
import { differing, type FormState, invalid, shown, shownAll, versionOf } from '#lib/portal/forms';

const form = (entries: [string, string][]) => {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
};
const conflict: FormState = {
  status: 'conflict',
  version: '7',
  changedBy: 'Ada',
  changedAt: new Date(0),
  theirs: { name: ['Theirs'] },
  typed: { name: ['Mine'], version: ['5'] },
};

describe('a refused form', () => {
  test('keeps the typed values and names every wrong field, without findings', () => {
    const state = invalid(
      [
        { field: 'name', rule: 'M11', message: 'a' },
        { field: 'redirectUris.1', rule: 'R5', message: 'b' },
        { field: 'redirectUris.0', rule: 'R10', message: 'c', severity: 'warning' },
      ],
      form([
        ['name', ''],
        ['redirectUris', 'https://a.example/'],
        ['redirectUris', 'http://b.example/'],
        ['$ACTION_ID', 'x'],
        ['password', 'never sent back'],
      ]),
    );
    expect(state).toEqual({
      status: 'invalid',
      fields: { name: ['a'], 'redirectUris.1': ['b'] },
      typed: { name: [''], redirectUris: ['https://a.example/', 'http://b.example/'] },
    });
    expect(shown(state, 'name', 'kept')).toEqual({ name: 'name', defaultValue: '', errors: ['a'] });
    expect(shownAll(state, 'redirectUris', [])).toHaveLength(2);
  });

  test('keeps the version that it was loaded with', () => {
    expect(versionOf({ status: 'idle' }, 3)).toBe('3');
    expect(versionOf({ status: 'refused', message: '', typed: { version: ['2'] } }, 3)).toBe('2');
    expect(versionOf(conflict, 3)).toBe('7');
  });
});

describe('differing', () => {
  test('names the differing fields, in the order of the form', () => {
    expect(differing({ name: ['Mine'], text: ['a'] }, { text: ['b'], name: ['Theirs'] })).toEqual(['text', 'name']);
  });

  test('ignores empty rows, unchecked boxes and line endings', () => {
    const typed = { lines: ['a\r\nb'], uris: ['https://a.example/', '', ''], version: ['1'] };
    expect(differing(typed, { lines: ['a\nb'], uris: ['https://a.example/'], box: [], empty: [''] })).toEqual([]);
  });

  test('distinguishes two rows from one row with both texts', () => {
    expect(differing({ uris: ['a', 'b'] }, { uris: ['ab'] })).toEqual(['uris']);
  });
});
