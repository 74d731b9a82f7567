import { type memberOperations, writeInvitation, writeMember, writeNewInvitation } from '#lib/dialects/native/index';
import { createInvitation, listInvitations, revokeInvitation } from '#lib/invitations/index';
import { notFound } from '#lib/kernel/errors';
import { changeMemberRole, listMembers, removeMember } from '#lib/members/index';
import type { Handlers } from './handler.ts';

export const members: Handlers<typeof memberOperations> = {
  async listMembers({ ctx, params }) {
    return { body: { items: (await listMembers(ctx, params.organization_id)).map(writeMember) } };
  },

  async updateMember({ ctx, params, body }) {
    await changeMemberRole(ctx, params.organization_id, params.user_id, body.role);
    const member = (await listMembers(ctx, params.organization_id)).find(({ userId }) => userId === params.user_id);
    if (!member) throw notFound('Member');
    return { body: writeMember(member) };
  },

  async removeMember({ ctx, params }) {
    await removeMember(ctx, params.organization_id, params.user_id);
    return { body: undefined };
  },

  async listInvitations({ ctx, params }) {
    return { body: { items: (await listInvitations(ctx, params.organization_id)).map(writeInvitation) } };
  },

  async createInvitation({ ctx, params, body }) {
    const { invitation, sent } = await createInvitation(ctx, params.organization_id, body);
    return { body: writeNewInvitation(invitation, sent) };
  },

  async revokeInvitation({ ctx, params }) {
    await revokeInvitation(ctx, params.organization_id, params.invitation_id);
    return { body: undefined };
  },
};
