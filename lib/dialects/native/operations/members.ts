import { z } from 'zod';
import type { Invitation, ListedInvitation } from '#lib/invitations/index';
import type { Member } from '#lib/members/index';
import { roles } from '#lib/members/rules';
import type { Operations } from '../operation.ts';
import { moment, unpagedList, uuid, writeMoment } from '../values.ts';

const group = 'Members';
const admin = ['org:admin'] as const;
const members = '/organizations/{organization_id}/members';
const member = `${members}/{user_id}` as const;
const invitations = '/organizations/{organization_id}/invitations';

const role = z.enum(roles);
const email = z.string().meta({ format: 'email', examples: ['ada@app.example'] });
const memberWire = z
  .strictObject({
    user_id: z.string(),
    name: z.string(),
    email: z.string().nullable().meta({ description: 'Null for whoever does not administer the organization.' }),
    role,
    since: moment,
    is_disabled: z.boolean(),
  })
  .meta({ id: 'Member' });

const invitation = { invitation_id: uuid, email: z.string(), role, expires_at: moment, created_at: moment };
const listedInvitationWire = z.strictObject({ ...invitation, invited_by_name: z.string() }).meta({ id: 'Invitation' });
const createdInvitationWire = z
  .strictObject({
    ...invitation,
    mail_sent: z.boolean().meta({ description: 'False when the mail server refused it; invite again later.' }),
  })
  .meta({ id: 'CreatedInvitation' });

export const memberOperations = {
  listMembers: {
    method: 'GET',
    path: members,
    group,
    summary: 'List members',
    description: 'Owners first.',
    access: ['org:admin', 'clients:read', 'clients:write'],
    status: 200,
    answer: unpagedList(memberWire).meta({ id: 'Members' }),
  },
  updateMember: {
    method: 'PATCH',
    path: member,
    group,
    summary: 'Give a member another role',
    description: 'It acts on the next request of their sessions and tokens. The last owner cannot be demoted.',
    access: admin,
    body: z.strictObject({ role }).meta({ id: 'MemberPatch' }),
    media: 'merge_patch',
    status: 200,
    answer: memberWire,
    also: [409],
  },
  removeMember: {
    method: 'DELETE',
    path: member,
    group,
    summary: 'Remove a member',
    description: 'Their tokens here end at once; the clients they made stay.',
    access: admin,
    status: 204,
    also: [409],
  },
  listInvitations: {
    method: 'GET',
    path: invitations,
    group,
    summary: 'List invitations',
    description: 'Those that nobody accepted yet.',
    access: admin,
    status: 200,
    answer: unpagedList(listedInvitationWire).meta({ id: 'Invitations' }),
  },
  createInvitation: {
    method: 'POST',
    path: invitations,
    group,
    summary: 'Invite somebody',
    description: 'A link by mail, good once and for seven days. An older one to the same address ends.',
    access: admin,
    body: z.strictObject({ email, role }).meta({ id: 'NewInvitation' }),
    status: 201,
    answer: createdInvitationWire,
    also: [409],
  },
  revokeInvitation: {
    method: 'DELETE',
    path: `${invitations}/{invitation_id}`,
    group,
    summary: 'Take an invitation back',
    access: admin,
    status: 204,
  },
} satisfies Operations;

export function writeMember(one: Member): z.input<typeof memberWire> {
  const { userId, name, since, isDisabled } = one;
  return {
    user_id: userId,
    name,
    email: one.email,
    role: one.role,
    since: writeMoment(since),
    is_disabled: isDisabled,
  };
}

const writeOffer = ({ id, email, role, expiresAt, createdAt }: Invitation) => ({
  invitation_id: id,
  email,
  role,
  expires_at: writeMoment(expiresAt),
  created_at: writeMoment(createdAt),
});

export const writeInvitation = (one: ListedInvitation): z.input<typeof listedInvitationWire> => ({
  ...writeOffer(one),
  invited_by_name: one.invitedByName,
});

export const writeNewInvitation = (one: Invitation, sent: boolean): z.input<typeof createdInvitationWire> => ({
  ...writeOffer(one),
  mail_sent: sent,
});
