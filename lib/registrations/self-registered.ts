import type { Db } from '#db/client';
import { meetOrganization, selectOrganizationByExternalId } from '#db/queries/registrations';
import type { Context } from '../context.ts';

/** Nobody is a member of it; operators see it. The id is none that chance would give. */
const selfRegistered = { externalId: '0'.repeat(24), name: 'Self-registered apps' };

/** The organization of the clients that registered themselves with nobody's leave. */
export const selfRegisteredOrganization = (db: Db): Promise<string> => meetOrganization(db, selfRegistered);

/** The same, for an operator's session, once there is one. */
export async function findSelfRegistered({ db, actor }: Context): Promise<{ id: string; name: string } | undefined> {
  const operates = actor.kind === 'person' && actor.isOperator && !actor.token;
  return operates ? selectOrganizationByExternalId(db, selfRegistered.externalId) : undefined;
}
