import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { selectMember } from '#db/queries/members';
import { users } from '#db/schema/user';
import { listAuditEvents } from '#lib/audit/index';
import { addManager, createClient, listManagers } from '#lib/clients/index';
import { createInvitation, listInvitations } from '#lib/invitations/index';
import type { Role } from '#lib/kernel/actor';
import { changeMemberRole, leaveOrganization, listMembers, removeMember } from '#lib/members/index';
import { authenticateToken } from '#lib/tokens/index';
import { createUser } from '#lib/users/index';
import { anOrganization, anOwner, aPerson, stranger, throughToken } from '#support/actors';
import { db } from '#support/database';
import { aToken } from '#support/tokens';

async function aTeam() {
  const { owner, organizationId } = await anOwner(db);
  const someone = (role: Role) => aPerson(db, { roles: { [organizationId]: role }, name: role });
  const [admin, developer, viewer] = [await someone('admin'), await someone('developer'), await someone('viewer')];
  const roleOf = async ({ actor }: { actor: { userId: string } }) =>
    (await selectMember(db, { organizationId, userId: actor.userId }))?.role;
  return { organizationId, owner, admin, developer, viewer, roleOf };
}

describe('the list', () => {
  test('shows names and roles to every member, addresses to owners and admins', async () => {
    const { organizationId, owner, admin, developer, viewer } = await aTeam();
    for (const reader of [owner, admin, developer, viewer])
      expect((await listMembers(reader, organizationId)).map(({ role }) => role)).toEqual([
        'owner',
        'admin',
        'developer',
        'viewer',
      ]);
    expect((await listMembers(admin, organizationId)).every(({ email }) => email)).toBe(true);
    expect((await listMembers(developer, organizationId)).some(({ email }) => email)).toBe(false);
    const other = await anOwner(db);
    await expect(listMembers(other.owner, organizationId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('changing a role', () => {
  test('is for owners and admins, and an admin neither makes nor unmakes owners', async () => {
    const { organizationId, owner, admin, developer, viewer, roleOf } = await aTeam();
    await changeMemberRole(admin, organizationId, viewer.actor.userId, 'developer');
    expect(await roleOf(viewer)).toBe('developer');
    for (const [who, whom, role] of [
      [admin, developer, 'owner'],
      [admin, owner, 'viewer'],
      [developer, viewer, 'viewer'],
      [viewer, viewer, 'admin'],
    ] as const)
      await expect(changeMemberRole(who, organizationId, whom.actor.userId, role)).rejects.toMatchObject({
        code: 'forbidden',
      });
    await changeMemberRole(owner, organizationId, developer.actor.userId, 'owner');
    expect(await roleOf(developer)).toBe('owner');
  });

  test('of someone who is no member, or in an organization of others, finds nothing', async () => {
    const { organizationId, owner } = await aTeam();
    const other = await anOwner(db);
    await expect(changeMemberRole(owner, organizationId, other.owner.actor.userId, 'viewer')).rejects.toMatchObject({
      code: 'not_found',
    });
    for (const id of [organizationId, randomUUID(), 'x'])
      await expect(changeMemberRole(other.owner, id, owner.actor.userId, 'viewer')).rejects.toMatchObject({
        code: 'not_found',
        message: 'Organization not found',
      });
  });

  test('through a token needs org:admin', async () => {
    const { organizationId, owner, viewer } = await aTeam();
    const weak = await throughToken(owner, organizationId, ['clients:write', 'write']);
    await expect(changeMemberRole(weak, organizationId, viewer.actor.userId, 'admin')).rejects.toMatchObject({
      code: 'forbidden',
    });
    const strong = await throughToken(owner, organizationId, ['org:admin']);
    await changeMemberRole(strong, organizationId, viewer.actor.userId, 'admin');
  });

  test('acts on the next request of a token, and takes the invitations of a former admin back', async () => {
    const { organizationId, owner, admin } = await aTeam();
    const { value } = await aToken(admin, organizationId);
    await createInvitation(admin, organizationId, { email: 'friend@example.com', role: 'developer' });
    await changeMemberRole(owner, organizationId, admin.actor.userId, 'viewer');
    expect((await authenticateToken(db, value))?.memberships).toEqual([{ organizationId, role: 'viewer' }]);
    expect(await listInvitations(owner, organizationId)).toEqual([]);
  });

  test('a demotion counts for a request that began before it', async () => {
    const { organizationId, owner, admin, viewer } = await aTeam();
    await changeMemberRole(owner, organizationId, admin.actor.userId, 'viewer');
    await expect(changeMemberRole(admin, organizationId, viewer.actor.userId, 'admin')).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('the last owner', () => {
  test('cannot leave, be demoted or be removed by anybody', async () => {
    const { organizationId, owner, roleOf } = await aTeam();
    const operator = await aPerson(db, { isOperator: true });
    const { userId } = owner.actor;
    for (const attempt of [
      () => leaveOrganization(owner, organizationId),
      () => changeMemberRole(owner, organizationId, userId, 'admin'),
      () => changeMemberRole(operator, organizationId, userId, 'admin'),
      () => removeMember(operator, organizationId, userId),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'conflict' });
    expect(await roleOf(owner)).toBe('owner');
  });

  test('an owner who cannot sign in does not count', async () => {
    const { organizationId, owner, admin } = await aTeam();
    await changeMemberRole(owner, organizationId, admin.actor.userId, 'owner');
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, admin.actor.userId));
    await expect(leaveOrganization(owner, organizationId)).rejects.toMatchObject({ code: 'conflict' });
  });

  test.each(['two demote each other', 'two leave', 'two remove each other'])(
    '%s at once: one owner stays, in twenty tries',
    async (story) => {
      for (let round = 0; round < 20; round++) {
        const { id } = await anOrganization(db);
        const [a, b] = [
          await aPerson(db, { roles: { [id]: 'owner' } }),
          await aPerson(db, { roles: { [id]: 'owner' } }),
        ];
        const act = (who: typeof a, whom: typeof a) => {
          if (story === 'two leave') return leaveOrganization(who, id);
          if (story === 'two demote each other') return changeMemberRole(who, id, whom.actor.userId, 'viewer');
          return removeMember(who, id, whom.actor.userId);
        };
        const ends = await Promise.allSettled([act(a, b), act(b, a)]);
        expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const left = await listMembers({ ...a, actor: { ...a.actor, isOperator: true } }, id);
        expect(left.filter(({ role }) => role === 'owner')).toHaveLength(1);
      }
    },
  );
});

describe('removing and leaving', () => {
  test('ends the tokens there, and only there; takes the managed apps and sent invitations; keeps the apps made', async () => {
    const { organizationId, owner, developer, admin } = await aTeam();
    const elsewhere = await anOrganization(db);
    const both = await aPerson(db, { roles: { [organizationId]: 'admin', [elsewhere.id]: 'owner' } });
    const [here, there] = [await aToken(both, organizationId), await aToken(both, elsewhere.id)];
    const metadata = { name: 'App', redirectUris: ['https://a.example/cb'] };
    const { client } = await createClient(developer, { organizationId, metadata });
    const made = await createClient(both, { organizationId, metadata });
    await addManager(owner, client.clientId, both.actor.userId);
    await createInvitation(both, organizationId, { email: 'friend@example.com', role: 'viewer' });
    await removeMember(admin, organizationId, both.actor.userId);
    expect(await authenticateToken(db, here.value)).toBeUndefined();
    expect(await authenticateToken(db, there.value)).toBeDefined();
    expect(await listManagers(owner, client.clientId)).toEqual([]);
    expect(await listManagers(owner, made.client.clientId)).toEqual([]);
    expect(await listInvitations(owner, organizationId)).toEqual([]);
    expect(await listAuditEvents(owner, { type: 'organization', id: organizationId }, { limit: 1 })).toMatchObject([
      {
        action: 'member.remove',
        before: { userId: both.actor.userId, role: 'admin' },
        after: { tokensRevoked: 1, invitationsRevoked: 1 },
      },
    ]);
  });

  test('a token that was ended stays ended when its person comes back', async () => {
    const { organizationId, owner, viewer } = await aTeam();
    const { value } = await aToken(viewer, organizationId);
    await leaveOrganization(viewer, organizationId);
    await createInvitation(owner, organizationId, { email: 'x@example.com', role: 'viewer' });
    const { insertMember } = await import('#db/queries/members');
    await insertMember(db, { organizationId, userId: viewer.actor.userId, role: 'viewer' });
    expect(await authenticateToken(db, value)).toBeUndefined();
  });

  test('a role below admin removes nobody, but may leave', async () => {
    const { organizationId, developer, viewer, roleOf } = await aTeam();
    await expect(removeMember(developer, organizationId, viewer.actor.userId)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const token = await throughToken(viewer, organizationId, ['org:admin']);
    await expect(leaveOrganization(token, organizationId)).rejects.toMatchObject({ code: 'forbidden' });
    await leaveOrganization(viewer, organizationId);
    expect(await roleOf(viewer)).toBeUndefined();
  });

  test('an admin does not remove an owner', async () => {
    const { organizationId, owner, admin } = await aTeam();
    await expect(removeMember(admin, organizationId, owner.actor.userId)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('nobody can be removed from their personal organization', async () => {
    const line = { ...stranger(db), actor: { kind: 'command_line' }, channel: 'command_line' } as const;
    const user = await createUser(line, { email: `${randomUUID()}@example.com` });
    const { id } = user.organization;
    const other = await aPerson(db, { roles: { [id]: 'owner' } });
    for (const attempt of [
      () => removeMember(other, id, user.id),
      () => changeMemberRole(other, id, user.id, 'viewer'),
      () => leaveOrganization({ ...other, actor: { ...other.actor, userId: user.id } }, id),
    ])
      await expect(attempt()).rejects.toThrow('belongs to its person');
  });
});
