import type { Db } from '#db/client';
import { meetOrganization } from '#db/queries/registrations';

/** Nobody is a member of it; operators see it. The id is none that chance would give. */
const selfRegistered = { externalId: '0'.repeat(24), name: 'Self-registered apps' };

/** The organization of the clients that registered themselves with nobody's leave. */
export const selfRegisteredOrganization = (db: Db): Promise<string> => meetOrganization(db, selfRegistered);
