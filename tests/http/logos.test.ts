import { expect, test } from 'vitest';
import { encodeLogo, storeLogo } from '#lib/logos/index';
import { ask } from '#support/api';
import { db } from '#support/database';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
const logo = await encodeLogo(Buffer.from(svg));
const path = `/logos/${await storeLogo(db, logo)}.png`;

test('a logo is a PNG with a long cache time that other origins may show, and no script runs in it', async () => {
  const answer = await ask('GET', path);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  expect(answer.headers.has('x-robots-tag')).toBe(false);
  expect(Buffer.from(await answer.arrayBuffer()).equals(logo.png)).toBe(true);
});

test('a cached one is not sent again; HEAD sends no body', async () => {
  const again = await ask('GET', path, { headers: { 'if-none-match': `W/"${logo.hash}"` } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const head = await ask('HEAD', path);
  expect([head.status, await head.text(), head.headers.get('content-type')]).toEqual([200, '', 'image/png']);
});

test.for([
  `/logos/${'0'.repeat(64)}.png`,
  path.toUpperCase().replace('LOGOS', 'logos').replace('PNG', 'png'),
  path.replace('.png', '.svg'),
  path.replace('.png', ''),
  '/logos/..%2f..%2fetc%2fpasswd',
  '/logos/',
])('%s is not there', async (other) => {
  const answer = await ask('GET', other);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});
