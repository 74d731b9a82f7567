import { describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { ask } from '#support/api';
import { authorizationUrl, aWebApp } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '0.01';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code';
const aPublicApp = () => aWebApp({ tokenEndpointAuthMethod: 'none', grantTypes: ['authorization_code', deviceCode] });
const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };

describe('a stranger who knows a public client id can store little', () => {
  // The network from which the tests come to the server that listens; programs meet no front, and may say theirs.
  const here = '127.0.0.1';
  const elsewhere = '198.51.100.8';

  test('429 on a page: requests that wait for a person', async () => {
    const { clientId } = await aPublicApp();
    const leave = (from: string) => ask('GET', authorizationUrl({ clientId }, pkce), { from });
    const before = await db.$count(artifacts);
    for (let at = 0; at < 12; at += 1) expect((await leave(here)).status).toBe(303);
    const { headers } = await fetch(origin + authorizationUrl({ clientId }, pkce), { redirect: 'manual' });
    expect(headers.get('x-page')).toBe('/busy?because=many');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await db.$count(artifacts)).toBe(before + 12);
    expect((await leave(elsewhere)).status).toBe(303);
  });

  test('429: codes of devices', async () => {
    const { clientId } = await aPublicApp();
    const leave = (from: string) =>
      ask('POST', '/oauth/device', { from, headers: form, body: `client_id=${clientId}` });
    const before = await db.$count(artifacts);
    for (let at = 0; at < 2; at += 1) expect((await leave(here)).status).toBe(200);
    const refused = await leave(here);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await db.$count(artifacts)).toBe(before + 2);
    expect((await leave(elsewhere)).status).toBe(200);
  });

  test('413: more than an address could hold of a request, or 8 KiB of a device', async () => {
    const { clientId } = await aPublicApp();
    const send = (path: string, more: Record<string, string>, bytes: number) =>
      ask('POST', path, {
        headers: form,
        body: `${new URLSearchParams({ client_id: clientId, ...more })}&state=${'x'.repeat(bytes)}`,
      });
    expect((await send('/oauth/authorize', pkce, 16 * 1024)).status).toBe(413);
    expect((await send('/oauth/device', {}, 8 * 1024)).status).toBe(413);
  });
});
