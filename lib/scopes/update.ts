import { holdScope, updateScopeRow } from '#db/queries/scopes';
import { changesBetween, recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { forbidden, notFound, RegistryError } from '../errors.ts';
import { forgetCatalogue } from './catalogue.ts';
import type { Scope } from './scope.ts';

/** What is left out stays. */
export type UpdateScope = Partial<Pick<Scope, 'advertised' | 'openToStrangers'>>;

/**
 * Says to whom a scope is open; other processes follow within seconds. Clients that have it keep it. Throws `forbidden` for everyone but the
 * operator, `not_found`, and `invalid_metadata` for a restricted scope that would be open to strangers.
 */
export async function updateScope(
  ctx: Context,
  name: string,
  { advertised, openToStrangers }: UpdateScope,
): Promise<Scope> {
  const { actor } = ctx;
  if (actor.kind !== 'command_line' && !(actor.kind === 'person' && actor.isOperator && !actor.token))
    throw forbidden('Only the operator keeps the catalogue of scopes.');
  const after = await inTransaction(ctx, async (tx) => {
    const before = await holdScope(tx.db, name);
    if (!before) throw notFound('Scope');
    if (openToStrangers && before.sensitivity === 'restricted')
      throw new RegistryError('invalid_metadata', 'A restricted scope is never open to strangers.', {
        field: 'openToStrangers',
      });
    const changed = await updateScopeRow(tx.db, name, {
      advertised: advertised ?? before.advertised,
      openToStrangers: openToStrangers ?? before.openToStrangers,
    });
    if (!changed) throw notFound('Scope');
    const differences = changesBetween(before, changed);
    const target = { action: 'scope.update', organizationId: null, targetType: 'scope', targetId: name };
    if (differences) await recordAudit(tx, { ...target, ...differences });
    return changed;
  });
  forgetCatalogue();
  return after;
}
