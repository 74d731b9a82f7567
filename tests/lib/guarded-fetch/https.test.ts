import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchJson } from '#lib/guarded-fetch/index';
import { aFolder } from '#support/a-folder';
import { startCanary } from '#support/canary';
import { anAuthority } from '#support/certificate';
import { authority, startSecureCanary } from '#support/secure-canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';
const limits = { bytesMax: 1000, timeoutMs: 60_000 };

let server: Awaited<ReturnType<typeof startSecureCanary>>;
beforeAll(async () => {
  server = await startSecureCanary(
    (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('[1]'),
  );
});
afterAll(() => server.stop());

const run = promisify(execFile);
const script = `
  const { fetchJson } = await import('#lib/guarded-fetch/index');
  console.log(JSON.stringify(await fetchJson(process.argv[1], ${JSON.stringify(limits)})));`;

/** What a process of its own, started with this environment, is answered. */
async function fetchElsewhere(url: string, env: Record<string, string>) {
  const args = ['--input-type=module', '--eval', script, url];
  return JSON.parse((await run(process.execPath, args, { env: { ...process.env, ...env } })).stdout);
}

describe('a guarded fetch over https', () => {
  test.each(['127.0.0.1', 'localhost'])('reads from a server that %s belongs to', async (host) => {
    expect(await fetchJson(`https://${host}:${server.port}/`, limits)).toEqual({ ok: true, value: [1] });
  });

  test.each<[string, { cert: string; key: string }]>([
    ['of an authority that nobody trusts', anAuthority().issue('127.0.0.1')],
    ['of another host', authority.issue('example.com', '127.0.0.2')],
  ])('refuses a certificate %s', async (_, identity) => {
    const other = await startCanary(undefined, identity);
    expect(await fetchJson(other.origin, limits)).toEqual({ ok: false, reason: 'It cannot be reached.' });
    expect(other.paths).toEqual([]);
    await other.stop();
  });

  test('a process trusts the authorities that NODE_EXTRA_CA_CERTS names, and the guard holds all the same', async () => {
    const file = join(aFolder(), 'ca.pem');
    writeFileSync(file, authority.certificate);
    const told = { NODE_EXTRA_CA_CERTS: file };
    const seen = server.connections();
    expect(await fetchElsewhere(server.origin, told)).toEqual({ ok: true, value: [1] });
    expect(await fetchElsewhere(server.origin, { NODE_EXTRA_CA_CERTS: '' })).toMatchObject({ ok: false });
    expect(server.connections()).toBe(seen + 2);
    expect(await fetchElsewhere(server.origin, { ...told, CLIENTELE_ALLOW_LOOPBACK_FETCH: '' })).toEqual({
      ok: false,
      reason: 'It leads to an address that is not public.',
    });
    expect(server.connections()).toBe(seen + 2);
  });
});
