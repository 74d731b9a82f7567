import { type Issue, RegistryError } from '../errors.ts';

/** Throws everything that a dialect found wrong at once, for its `writeError` to put into words. */
export function refuseWrong(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'Validation failed', { issues });
}
