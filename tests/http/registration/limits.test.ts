import { describe, expect, test } from 'vitest';
import { registerClient } from '#lib/registrations/index';
import { anOwner, throughToken } from '#support/actors';
import { ask } from '#support/api';
import { db } from '#support/database';
import { refusalOf } from '#support/registration';

// One registration an hour from a network, six of one software, one call a minute.
process.env.CLIENTELE_RATE_LIMIT_FACTOR = '0.02';

/** Registers for an owner of their own, from that network. */
async function register(network: string, softwareId: string | null = null) {
  const { owner, organizationId } = await anOwner(db);
  const ctx = { ...(await throughToken(owner, organizationId, ['clients:write'], 'registration')), network };
  const metadata = { name: 'Notes', redirectUris: ['https://notes.example/cb'], softwareId };
  return registerClient(
    ctx,
    { organizationId, open: false },
    { metadata, issues: [], replaced: [], softwareStatement: null },
  );
}
const refused = { code: 'rate_limited', retryAfterSeconds: expect.any(Number) };

describe('too many (P2)', () => {
  test('calls a minute: 429 in this API’s shape, with the seconds to wait', async () => {
    const call = () => ask('POST', '/oauth/register', { body: {}, from: 'limits-1' });
    expect((await call()).status).toBe(401);
    const answer = await call();
    expect([answer.status, (await refusalOf(answer)).error]).toEqual([429, 'too_many_requests']);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  test('registrations from one network', async () => {
    await register('limits-2');
    await expect(register('limits-2')).rejects.toMatchObject(refused);
    await register('limits-3');
  });

  test('registrations of one software, from wherever', async () => {
    for (let n = 0; n < 6; n++) await register(`limits-software-${n}`, 'notes');
    await expect(register('limits-software-6', 'notes')).rejects.toMatchObject(refused);
    await register('limits-software-7', 'other');
  });
});
