import { expect, test } from 'vitest';
import { listRefusals } from '#lib/refusals/index';
import { ask } from '#support/api';
import { aMachine, basic } from '#support/oauth';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

const tokenFrom = (from: string, machine: { clientId: string; secret: string }) =>
  ask('POST', '/oauth/token', {
    from,
    headers: { authorization: basic(machine), 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });

test('rule S5: after wrong guesses a network must wait, even with the right secret; other networks and other clients do not', async () => {
  const machine = await aMachine();
  const { clientId } = machine;
  for (let i = 0; i < 20; i++)
    expect((await tokenFrom('198.51.100.7', { clientId, secret: `wrong ${i}` })).status).toBe(401);
  const blocked = await tokenFrom('198.51.100.7', machine);
  expect(blocked.status).toBe(429);
  expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await blocked.json()).error).toBe('too_many_requests');
  // A program in a browser has to learn for how long.
  expect(blocked.headers.get('access-control-allow-origin')).toBe('*');
  expect(blocked.headers.get('access-control-expose-headers')).toContain('retry-after');
  expect((await tokenFrom('198.51.100.8', machine)).status).toBe(200);
  expect((await tokenFrom('198.51.100.7', await aMachine())).status).toBe(200);
  const noted = await listRefusals(machine.owner, clientId);
  expect(noted.map(({ reason, times }) => [reason, times]).toSorted()).toEqual([
    ['rate_limited', 1],
    ['secret_wrong', 20],
  ]);
});
