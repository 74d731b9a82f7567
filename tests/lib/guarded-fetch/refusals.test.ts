import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchJson } from '#lib/guarded-fetch/index';
import { startCanary } from '#support/canary';

const limits = { bytesMax: 5 * 1024, timeoutMs: 60_000 };
let canary: Awaited<ReturnType<typeof startCanary>>;
beforeAll(async () => {
  canary = await startCanary();
});
afterAll(() => canary.stop());

describe('a guarded fetch without permission for loopback', () => {
  test.each([
    ...[
      '127.0.0.1',
      '127.1',
      '0x7f.1',
      '2130706433',
      '0177.0.0.1',
      '127.0.0.2',
      '0.0.0.0',
      '0',
      'localhost',
      'localhost.',
    ],
    ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[fe80::1]'],
    ...['10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '１２７.0.0.1'],
  ])('never connects to %s, by https or http', async (host) => {
    for (const scheme of ['https', 'http']) {
      const fetched = await fetchJson(`${scheme}://${host}:${canary.port}/x`, limits);
      expect(fetched.ok).toBe(false);
    }
    expect(canary.connections()).toBe(0);
  });

  test.each([
    ['http://example.com/', 'Only https is fetched.'],
    ['ftp://example.com/', 'Only https is fetched.'],
    ['file:///etc/passwd', 'Only https is fetched.'],
    ['data:application/json,[]', 'Only https is fetched.'],
    ['https://user:secret@example.com/', 'It is not a URL that can be fetched.'],
    ['nowhere', 'It is not a URL that can be fetched.'],
    ['', 'It is not a URL that can be fetched.'],
    ['https://127.0.0.1/', 'It leads to an address that is not public.'],
    ['https://localhost/', 'It leads to an address that is not public.'],
    ['https://nobody.invalid/', 'It cannot be reached.'],
  ])('%s: %s', async (address, reason) => {
    expect(await fetchJson(address, limits)).toEqual({ ok: false, reason });
  });
});
