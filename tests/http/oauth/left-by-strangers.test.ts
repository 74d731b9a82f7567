import { describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { ask } from '#support/api';
import { authorizationUrl, aWebApp } from '#support/authorizing';
import { db } from '#support/database';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '0.01';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code';
const aPublicApp = () => aWebApp({ tokenEndpointAuthMethod: 'none', grantTypes: ['authorization_code', deviceCode] });
const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };

describe('who only knows the name of a public client leaves not much here', () => {
  const ways: [string, (clientId: string, from: string) => Promise<Response>, number][] = [
    [
      'requests that wait for a person',
      (clientId, from) => ask('GET', authorizationUrl({ clientId }, pkce), { from }),
      12,
    ],
    [
      'codes of devices',
      (clientId, from) => ask('POST', '/oauth/device', { from, headers: form, body: `client_id=${clientId}` }),
      2,
    ],
  ];
  test.each(ways)('429: %s', async (_title, leave, most) => {
    const { clientId } = await aPublicApp();
    const before = await db.$count(artifacts);
    for (let at = 0; at < most; at += 1) expect((await leave(clientId, '198.51.100.7')).status).toBeLessThan(400);
    const refused = await leave(clientId, '198.51.100.7');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await db.$count(artifacts)).toBe(before + most);
    expect((await leave(clientId, '198.51.100.8')).status).toBeLessThan(400);
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
