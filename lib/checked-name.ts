import { judgeName, normaliseName, refusalsOf } from './clients/rules.ts';
import { RegistryError } from './errors.ts';

/** A name as it is stored, by the rule that clients' names follow (M11); throws `invalid_metadata` with every finding. */
export function checkedName(raw: string, field = 'name'): string {
  const issues = refusalsOf(judgeName(raw, { field }));
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
  return normaliseName(raw);
}
