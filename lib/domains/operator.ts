import type { Role } from '../actor.ts';
import { RegistryError } from '../errors.ts';

/** Throws `forbidden` for the organization's own members. */
export function requireOperatorOf({ role }: { role: Role | 'operator' }): void {
  if (role !== 'operator') throw new RegistryError('forbidden', 'Only the operator may do this.');
}
