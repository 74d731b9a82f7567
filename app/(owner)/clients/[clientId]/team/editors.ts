import type { Manager, OwnedClient } from '#lib/clients/index';
import { powers } from '#lib/kernel/access';
import type { Member } from '#lib/members/index';

/** Someone who may edit a client, and why. */
export type Editor = { userId: string; name: string; because: string[]; removable: boolean };

/** Owners and admins first, then the creator, then the managers, including managers whose role allows no changes. */
export function editorsOf(client: OwnedClient, members: readonly Member[], managers: readonly Manager[]): Editor[] {
  const managing = new Set(managers.map(({ userId }) => userId));
  return members
    .map(({ userId, name, role, isDisabled }) => {
      const { edit } = powers[role];
      const created = userId === client.createdBy;
      const because = [
        ...(edit === 'all' ? [role === 'owner' ? 'Owner of the organization' : 'Admin of the organization'] : []),
        ...(created && edit !== 'none' ? ['Created it'] : []),
        ...(managing.has(userId) ? [edit === 'none' ? 'Manager, but only a viewer now: may not edit' : 'Manager'] : []),
        ...(isDisabled ? ['Account disabled'] : []),
      ];
      const counts = edit === 'all' || (created && edit !== 'none') || managing.has(userId);
      return {
        userId,
        name,
        because,
        removable: managing.has(userId),
        counts,
        rank: edit === 'all' ? 0 : created ? 1 : 2,
      };
    })
    .filter(({ counts }) => counts)
    .sort((a, b) => a.rank - b.rank)
    .map(({ userId, name, because, removable }) => ({ userId, name, because, removable }));
}
