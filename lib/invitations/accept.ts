import { consumeInvitation } from '#db/queries/invitations';
import { insertMember } from '#db/queries/members';
import { selectOrganization } from '#db/queries/organizations';
import { recordAudit } from '#lib/audit/index';
import { requirePerson } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { findInvitation, hashLinkToken, judgeInvitee, type Verdict } from './find.ts';

const refusals: Record<Exclude<Verdict, 'ready'>, string> = {
  other_address: 'This invitation was sent to another address. Sign in with that one.',
  unverified: 'Verify your e-mail address first, then open the link again.',
};

/**
 * Makes the signed-in person a member and uses the link up. Returns the organization's id.
 *
 * @throws not_found: the link was used or revoked, or has expired
 * @throws forbidden: the person has another address, or has not verified it
 * @throws conflict: the person is a member already
 */
export async function acceptInvitation(ctx: Context, linkToken: string): Promise<string> {
  const { userId, token } = requirePerson(ctx);
  if (token) throw new RegistryError('forbidden', 'A token cannot accept an invitation: sign in for that.');
  return inTransaction(ctx, async (tx) => {
    const offered = await findInvitation(tx, linkToken);
    if (!offered) throw notFound('Invitation');
    const verdict = await judgeInvitee(tx, offered);
    if (verdict !== 'ready') throw new RegistryError('forbidden', refusals[verdict]);
    const { organizationId, email } = offered;
    await selectOrganization(tx.db, { id: organizationId, within: 'all', lock: true });
    const used = await consumeInvitation(tx.db, { tokenHash: hashLinkToken(linkToken), email, now: new Date() });
    if (!used) throw notFound('Invitation');
    if (!(await insertMember(tx.db, { organizationId, userId, role: used.role })))
      throw new RegistryError('conflict', 'You are a member of this organization already.');
    await recordAudit(tx, {
      action: 'invitation.accept',
      organizationId,
      targetType: 'organization',
      targetId: organizationId,
      after: { invitationId: used.id, userId, role: used.role },
    });
    return organizationId;
  });
}
