import { describe, expect, test } from 'vitest';
import { createClient } from '#lib/clients/index';
import { signUp } from '#lib/users/index';
import { anOwner, aPerson, stranger } from '#support/actors';
import { db } from '#support/database';

// A tenth of every budget: 2 accounts a network, 12 apps an account and 60 a network in an hour.
process.env.CLIENTELE_RATE_LIMIT_FACTOR = '0.1';

const tooMany = { code: 'rate_limited' };

test('accounts are limited for each network, independently', async () => {
  const someone = (at: number) => ({ email: `person${at}@example.com`, password: 'correct horse battery' });
  const ctx = { ...stranger(db), network: '203.0.113.7' };
  for (let at = 0; at < 2; at++) await signUp(ctx, someone(at));
  await expect(signUp(ctx, someone(2))).rejects.toMatchObject(tooMany);
  await signUp({ ...ctx, network: '203.0.113.8' }, someone(2));
});

describe('apps', () => {
  const metadata = (at: number) => ({ name: `App ${at}`, applicationType: 'machine' as const });

  test('are limited for an account, whatever the network', async () => {
    const { owner, organizationId } = await anOwner(db);
    const create = (at: number) =>
      createClient({ ...owner, network: `198.51.100.${at % 200}` }, { organizationId, metadata: metadata(at) });
    let made = 0;
    const refused = await (async () => {
      for (;;) await create(made++);
    })().catch((error: unknown) => error);
    expect(refused).toMatchObject(tooMany);
    expect(made - 1).toBe(12);
  });

  test('are limited for a network, whatever the account', async () => {
    const { organizationId } = await anOwner(db);
    const network = '192.0.2.200';
    let made = 0;
    const refused = await (async () => {
      for (;;) {
        const person = await aPerson(db, { roles: { [organizationId]: 'developer' } });
        for (let at = 0; at < 12; at++, made++)
          await createClient({ ...person, network }, { organizationId, metadata: metadata(at) });
      }
    })().catch((error: unknown) => error);
    expect(refused).toMatchObject(tooMany);
    expect(made).toBe(60);
  });
});
