import { expect, test } from 'vitest';
import { freshSecondsOf } from '#lib/guarded-fetch/fetch-document';

const now = Date.parse('2026-11-21T12:00:00Z');

test.each([
  [{}, undefined],
  [{ 'cache-control': 'public' }, undefined],
  [{ 'cache-control': 'max-age=600' }, 600],
  [{ 'cache-control': 'public, Max-Age="600"' }, 600],
  [{ 'cache-control': 'max-age=600, s-maxage=60' }, 60],
  [{ 'cache-control': 'max-age=600', age: '200' }, 400],
  [{ 'cache-control': 'max-age=600', age: '700' }, 0],
  [{ 'cache-control': 'max-age=600, no-store' }, 0],
  [{ 'cache-control': 'no-cache' }, 0],
  [{ 'cache-control': 'private, max-age=600' }, 0],
  [{ 'cache-control': 'max-age=600', expires: 'Sat, 21 Nov 2026 12:00:10 GMT' }, 600],
  [{ expires: 'Sat, 21 Nov 2026 12:00:10 GMT' }, 10],
  [{ expires: 'Sat, 21 Nov 2026 11:00:10 GMT' }, 0],
  [{ expires: '0' }, 0],
  [{ 'cache-control': 'max-age=-1' }, undefined],
])('%j is fresh for %s seconds', (headers, seconds) => {
  expect(freshSecondsOf(headers, now)).toBe(seconds);
});
