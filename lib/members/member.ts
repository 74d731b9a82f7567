import type { Role } from '../actor.ts';

/** A person of an organization. `email` is null for a reader who does not administer it. */
export type Member = {
  userId: string;
  name: string;
  email: string | null;
  role: Role;
  since: Date;
  isDisabled: boolean;
};
