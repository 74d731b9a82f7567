import type { Role } from '../actor.ts';

export type Invitation = {
  id: string;
  organizationId: string;
  email: string;
  role: Role;
  expiresAt: Date;
  createdAt: Date;
};

/** As a list shows it. */
export type ListedInvitation = Invitation & { invitedByName: string };
/** As the page behind the link shows it. */
export type OfferedInvitation = ListedInvitation & { organizationName: string };
