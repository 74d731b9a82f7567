import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { identities, users } from '#db/schema/user';
import { linkWithPassword, resolveIdentity } from '#lib/identities/index';
import type { Context } from '#lib/kernel/context';
import { findSessionPerson } from '#lib/sessions/index';
import { createUser } from '#lib/users/index';
import { stranger } from '#support/actors';
import { db } from '#support/database';

const password = 'correct horse battery';
const browser = { userAgent: 'Test' };
let count = 0;
const from = (): Context => ({ ...stranger(db), network: `192.0.2.${++count}` });

const someone = (email: string | undefined = `upstream${++count}@example.com`, emailVerified = true) => ({
  provider: 'oidc',
  subject: `sub-${++count}`,
  email,
  emailVerified,
  name: 'Ada Lovelace',
});

async function whoIs(met: { sessionId: string } | 'password') {
  if (met === 'password') throw new Error('a password was asked for');
  return (await findSessionPerson(db, met.sessionId))?.userId;
}

describe('somebody from an upstream provider', () => {
  test('gets a new account, and the same one at the next sign-in, whatever the address is then', async () => {
    const identity = someone();
    const first = await whoIs(await resolveIdentity(from(), identity, browser));
    expect(first).toMatch(/^usr_/);
    const again = await whoIs(await resolveIdentity(from(), { ...identity, email: 'other@example.com' }, browser));
    expect(again).toBe(first);
    const [row] = await db
      .select()
      .from(users)
      .where(eq(users.id, first ?? ''));
    expect(row).toMatchObject({ passwordHash: null, email: identity.email, emailVerifiedAt: expect.any(Date) });
  });

  test('has an unverified address if the provider has not verified it', async () => {
    const userId = await whoIs(await resolveIdentity(from(), someone(undefined, false), browser));
    const [row] = await db
      .select()
      .from(users)
      .where(eq(users.id, userId ?? ''));
    expect(row?.emailVerifiedAt).toBeNull();
  });

  test('does not join an account by the address alone, verified or not', async () => {
    const email = `kept${++count}@example.com`;
    const owner = await createUser(from(), { email, password });
    const identity = someone(email.toUpperCase());
    expect(await resolveIdentity(from(), identity, browser)).toBe('password');
    await expect(resolveIdentity(from(), someone(email, false), browser)).rejects.toMatchObject({ code: 'conflict' });
    expect(await db.select().from(identities).where(eq(identities.userId, owner.id))).toHaveLength(0);
  });

  test('joins an account by its verified address and its password, and then signs in without the password', async () => {
    const email = `joined${++count}@example.com`;
    const owner = await createUser(from(), { email, password });
    const identity = someone(email);
    const wrong = linkWithPassword(from(), identity, { password: 'wrong horse battery', ...browser });
    await expect(wrong).rejects.toMatchObject({ code: 'unauthenticated' });
    const unproved = { ...identity, emailVerified: false };
    await expect(linkWithPassword(from(), unproved, { password, ...browser })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const sessionId = await linkWithPassword(from(), identity, { password, ...browser });
    expect(await whoIs({ sessionId })).toBe(owner.id);
    expect(await whoIs(await resolveIdentity(from(), identity, browser))).toBe(owner.id);
    const second = linkWithPassword(from(), someone(email), { password, ...browser });
    await expect(second).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is refused without a usable address, and when disabled', async () => {
    for (const email of ['', 'nonsense'])
      await expect(resolveIdentity(from(), someone(email), browser)).rejects.toMatchObject({
        code: 'invalid_metadata',
      });
    const identity = someone();
    const userId = await whoIs(await resolveIdentity(from(), identity, browser));
    await db
      .update(users)
      .set({ disabledAt: new Date() })
      .where(eq(users.id, userId ?? ''));
    await expect(resolveIdentity(from(), identity, browser)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('leaves nothing behind when two come at the same moment', async () => {
    const identity = someone();
    const both = await Promise.allSettled([1, 2].map(() => resolveIdentity(from(), identity, browser)));
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(
      await db
        .select()
        .from(users)
        .where(eq(users.email, identity.email ?? '')),
    ).toHaveLength(1);
  });
});
