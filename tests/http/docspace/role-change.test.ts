import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { members } from '#db/schema/organization';
import { apiTokens } from '#db/schema/token';
import { users } from '#db/schema/user';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { anOrganizationWithApps } from '#support/docspace';

async function aMember() {
  const { organizationId, make } = await anOrganizationWithApps();
  const { client_id } = await make('made by owner');
  const person = await aPerson(db, { roles: { [organizationId]: 'admin' } });
  const { userId } = person.actor;
  const token = await aToken(db, person, organizationId);
  const look = async () => (await ask('GET', `/api/2.0/clients/${client_id}`, { token })).status;
  const mine = and(eq(members.organizationId, organizationId), eq(members.userId, userId));
  expect(await look()).toBe(200);
  return { userId, mine, look };
}

test('a member who is demoted has the lesser role on the very next call', async () => {
  const { mine, look } = await aMember();
  await db.update(members).set({ role: 'developer' }).where(mine);
  expect(await look()).toBe(404);
  await db.update(members).set({ role: 'viewer' }).where(mine);
  expect(await look()).toBe(403);
});

test('a token of a member who left, of a disabled user, and one that was revoked are 401 on the very next call', async () => {
  const left = await aMember();
  await db.delete(members).where(left.mine);
  expect(await left.look()).toBe(401);

  const disabled = await aMember();
  await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.userId));
  expect(await disabled.look()).toBe(401);

  const revoked = await aMember();
  await db.update(apiTokens).set({ revokedAt: new Date() }).where(eq(apiTokens.userId, revoked.userId));
  expect(await revoked.look()).toBe(401);
});
