import { replaceScopeName } from '#db/queries/scope-names';
import { announceChange } from '#lib/kernel/configured';
import type { Context } from '#lib/kernel/context';
import type { Issue } from '#lib/kernel/errors';
import { isStorableDate } from '#lib/kernel/values';
import { isBuiltIn, judgeNewName, type Scope } from './rules.ts';

export type Rename = { name: string; until: Date };

const acceptedDaysMax = 3650;

/** A new name, and until when requests may use the former one; with every broken rule. */
export function readRename(
  before: Scope,
  { name, until }: Rename,
  others: readonly Scope[],
): { rename: Rename; issues: Issue[] } {
  const issues = name === before.name ? [] : judgeNewName(name, others, 'newName');
  const isOwnFormer = before.formerNames.some((former) => former.name === name);
  if (isBuiltIn(before.name))
    issues.push({
      field: 'newName',
      rule: 'built_in',
      message: 'Leave it: the server itself gives this scope its meaning.',
    });
  if (name === before.name || isOwnFormer)
    issues.push({ field: 'newName', rule: 'taken', message: 'Choose another name: it has or had this one.' });
  const days = (until.getTime() - Date.now()) / 86_400_000;
  if (!isStorableDate(until) || !(days > 0 && days <= acceptedDaysMax))
    issues.push({
      field: 'oldUntil',
      rule: 'range',
      message: `Choose a date within the next ${acceptedDaysMax} days.`,
    });
  return { rename: { name, until }, issues };
}

/** Replaces a scope's name everywhere in one transaction; what is issued already is read by its former name. */
export async function renameScope(tx: Context, name: string, { name: next, until }: Rename): Promise<void> {
  await replaceScopeName(tx.db, { from: name, to: next, acceptedUntil: until });
  await announceChange(tx, 'resources');
}
