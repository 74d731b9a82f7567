import { env } from '../env.ts';
import type { Mail } from '../mail/index.ts';
import { roleTexts } from '../members/rules.ts';
import type { OfferedInvitation } from './invitation.ts';

/** The mail that carries the link. */
export function writeInvitation(invitation: OfferedInvitation, linkToken: string): Mail {
  const { title, description } = roleTexts[invitation.role];
  return {
    to: invitation.email,
    subject: `Join ${invitation.organizationName}`,
    text: [
      `${invitation.invitedByName} invites you to join “${invitation.organizationName}” on Clientele as ${title}: ${description}`,
      `To accept, open this link and sign in with this address. It works once, until ${invitation.expiresAt.toUTCString()}.`,
      `${env().appUrl}/invitations?token=${linkToken}`,
      'If you do not know what this is about, do nothing.',
    ].join('\n\n'),
  };
}
