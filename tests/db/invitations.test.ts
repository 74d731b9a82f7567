import { randomUUID } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { selectMember } from '#db/queries/members';
import { auditEvents } from '#db/schema/audit';
import { mails } from '#db/schema/mail';
import { invitations, members } from '#db/schema/organization';
import { users } from '#db/schema/user';
import {
  acceptInvitation,
  createInvitation,
  findInvitation,
  judgeInvitee,
  listInvitations,
  revokeInvitation,
} from '#lib/invitations/index';
import type { Role } from '#lib/kernel/actor';
import { anOwner, aPerson, type Someone, stranger, throughToken } from '#support/actors';
import { db } from '#support/database';

const addressOf = async ({ actor }: Someone) => {
  const [row] = await db.select({ email: users.email }).from(users).where(eq(users.id, actor.userId));
  return row?.email ?? '';
};

async function lastMailTo(email: string) {
  const [mail] = await db
    .select()
    .from(mails)
    .where(eq(mails.recipient, email))
    .orderBy(desc(mails.createdAt))
    .limit(1);
  const link = /\/invitations\?token=([\w-]+)/.exec(mail?.body ?? '')?.[1];
  if (!mail || !link) throw new Error('no mail with a link');
  return { ...mail, link };
}

async function anInvitation(role: Role = 'developer') {
  const { owner, organizationId } = await anOwner(db);
  const invitee = await aPerson(db);
  const email = await addressOf(invitee);
  const { invitation } = await createInvitation(owner, organizationId, { email: email.toUpperCase(), role });
  const mail = await lastMailTo(invitation.email);
  return { owner, organizationId, invitee, email, invitation, mail, link: mail.link };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('inviting', () => {
  test('sends a link; the database stores its hash', async () => {
    const { mail, link, invitation } = await anInvitation();
    expect(mail.subject).toBe('Join Acme');
    expect(mail.body).toContain('Ada invites you to join “Acme” on Clientele as Developer');
    const [row] = await db.select().from(invitations).where(eq(invitations.id, invitation.id));
    expect(JSON.stringify(row)).not.toContain(link);
  });

  test('is for owners and admins with a verified address; an admin invites no owner', async () => {
    const { organizationId, owner } = await anOwner(db);
    const invite = (who: Someone, role: Role = 'viewer') =>
      createInvitation(who, organizationId, { email: `${randomUUID()}@example.com`, role });
    const [admin, developer] = [
      await aPerson(db, { roles: { [organizationId]: 'admin' } }),
      await aPerson(db, { roles: { [organizationId]: 'developer' } }),
    ];
    await invite(admin);
    await invite(owner, 'owner');
    await expect(invite(admin, 'owner')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(invite(developer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listInvitations(developer, organizationId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(invite({ ...owner, actor: { ...owner.actor, emailVerified: false } })).rejects.toThrow('Verify');
    await expect(invite((await anOwner(db)).owner)).rejects.toMatchObject({ code: 'not_found' });
    await expect(invite(await throughToken(owner, organizationId, ['clients:write']))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('refuses what is no address, and who is a member', async () => {
    const { owner, organizationId } = await anOwner(db);
    const invite = (email: string) => createInvitation(owner, organizationId, { email, role: 'viewer' });
    await expect(invite('x')).rejects.toMatchObject({ field: 'email' });
    await expect(invite('"a@evil.example"@b.example')).rejects.toMatchObject({ field: 'email' });
    await expect(invite((await addressOf(owner)).toUpperCase())).rejects.toMatchObject({ code: 'conflict' });
  });

  test('the same address again replaces the link, also twice at once', async () => {
    const { owner, organizationId, email, link, invitee } = await anInvitation();
    const again = { email, role: 'viewer' as const };
    await Promise.all([createInvitation(owner, organizationId, again), createInvitation(owner, organizationId, again)]);
    expect(await listInvitations(owner, organizationId)).toMatchObject([{ role: 'viewer', invitedByName: 'Ada' }]);
    await expect(acceptInvitation(invitee, link)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('one address gets at most five mails an hour, from all senders', async () => {
    const email = `${randomUUID()}@example.com`;
    for (let i = 0; i < 5; i++) {
      const { owner, organizationId } = await anOwner(db);
      await createInvitation(owner, organizationId, { email, role: 'viewer' });
    }
    const { owner, organizationId } = await anOwner(db);
    await expect(createInvitation(owner, organizationId, { email, role: 'viewer' })).rejects.toMatchObject({
      code: 'rate_limited',
    });
    expect(await listInvitations(owner, organizationId)).toEqual([]);
  });
});

describe('accepting', () => {
  test('makes a member with the offered role, once', async () => {
    const { organizationId, invitee, link, owner } = await anInvitation();
    expect(await findInvitation(stranger(db), link)).toMatchObject({ organizationName: 'Acme', role: 'developer' });
    expect(await judgeInvitee(invitee, await offered(link))).toBe('ready');
    const ends = await Promise.allSettled([acceptInvitation(invitee, link), acceptInvitation(invitee, link)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'not_found' } });
    const told = and(eq(auditEvents.action, 'invitation.accept'), eq(auditEvents.organizationId, organizationId));
    expect(await db.$count(auditEvents, told)).toBe(1);
    expect(await selectMember(db, { organizationId, userId: invitee.actor.userId })).toMatchObject({
      role: 'developer',
    });
    expect(await findInvitation(stranger(db), link)).toBeUndefined();
    expect(await listInvitations(owner, organizationId)).toEqual([]);
  });

  test('a member who was removed while a second acceptance waited does not become a member again', async () => {
    const { organizationId, invitee, link } = await anInvitation();
    let second: Promise<unknown> | undefined;
    await db.transaction(async (tx) => {
      await acceptInvitation({ ...invitee, db: tx }, link);
      second = acceptInvitation(invitee, link).catch((error: unknown) => error);
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await db.execute(waiting)).length).toBeGreaterThan(0);
      await tx.delete(members).where(eq(members.organizationId, organizationId));
    });
    expect(await second).toMatchObject({ code: 'not_found' });
    expect(await selectMember(db, { organizationId, userId: invitee.actor.userId })).toBeUndefined();
  });

  test('is for the invited address only, and only when it is verified', async () => {
    const { invitee, link } = await anInvitation();
    const other = await aPerson(db);
    expect(await judgeInvitee(other, await offered(link))).toBe('other_address');
    await expect(acceptInvitation(other, link)).rejects.toMatchObject({ code: 'forbidden' });
    await db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, invitee.actor.userId));
    expect(await judgeInvitee(invitee, await offered(link))).toBe('unverified');
    await expect(acceptInvitation(invitee, link)).rejects.toThrow('Verify');
    await db.update(users).set({ emailVerifiedAt: new Date() }).where(eq(users.id, invitee.actor.userId));
    await acceptInvitation(invitee, link);
  });

  test('expires after seven days, and ends when it is withdrawn', async () => {
    const late = await anInvitation();
    vi.advanceTimersByTime(7 * 86_400_000);
    expect(await findInvitation(stranger(db), late.link)).toBeUndefined();
    await expect(acceptInvitation(late.invitee, late.link)).rejects.toMatchObject({ code: 'not_found' });
    const { owner, organizationId, invitation, invitee, link } = await anInvitation();
    await revokeInvitation(owner, organizationId, invitation.id);
    await expect(acceptInvitation(invitee, link)).rejects.toMatchObject({ code: 'not_found' });
    for (const id of [invitation.id, late.invitation.id, 'x'])
      await expect(revokeInvitation(owner, organizationId, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each(['', 'x', '\0', 'é', 'a'.repeat(10_000)])('an unknown link is invalid: %j', async (link) => {
    expect(await findInvitation(stranger(db), link)).toBeUndefined();
  });
});

async function offered(link: string) {
  const invitation = await findInvitation(stranger(db), link);
  if (!invitation) throw new Error('no invitation');
  return invitation;
}
