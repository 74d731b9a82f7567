import type { Role } from '../actor.ts';

/** A tenant. `number` is DocSpace's tenant, `externalId` Trackle's org_id. */
export type Organization = {
  id: string;
  number: number;
  externalId: string;
  name: string;
  parentId: string | null;
  /** The person whose personal organization this is: they can neither leave it nor delete it. */
  personalOf: string | null;
  createdAt: Date;
};

/** An organization as its member meets it. */
export type MyOrganization = Organization & { role: Role; memberCount: number };
