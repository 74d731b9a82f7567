import { insertScope, lockCatalogue, selectLastPosition, updateScopeRow } from '#db/queries/scopes';
import { changesBetween, recordAudit } from '#lib/audit/index';
import { announceChange } from '#lib/kernel/configured';
import { type Context, inTransaction } from '#lib/kernel/context';
import { withoutTimeLimit } from '#lib/kernel/database';
import { type Issue, notFound, RegistryError } from '#lib/kernel/errors';
import { languages } from '#lib/languages/index';
import { requirePlatform } from '#lib/platform/index';
import { readScopes } from './catalogue.ts';
import { readRename, renameScope } from './rename.ts';
import { isBuiltIn, judgeScope, normaliseScope, type Scope, type ScopeFields, type ScopeTexts } from './rules.ts';

/** The fields that a caller names. */
type Sent = { [Field in Exclude<keyof ScopeFields, 'name' | 'texts'>]?: ScopeFields[Field] | undefined };

/** What is left out gets its default: neither open to strangers nor advertised (a scope is new to everyone). */
export type CreateScope = Pick<ScopeFields, 'name' | 'texts'> & Sent;

/** What is left out stays. A language whose texts are null is removed. */
export type UpdateScope = Sent & {
  texts?: Record<string, ScopeTexts | null> | undefined;
  /** The former name is accepted until `until`. */
  rename?: { name: string; until: Date } | undefined;
};

/**
 * Adds a scope to the catalogue.
 *
 * @throws forbidden: the actor is not the operator
 * @throws invalid_metadata: with every broken rule
 */
export async function createScope(ctx: Context, input: CreateScope): Promise<Scope> {
  requirePlatform(ctx, 'scope.create');
  return inTransaction(ctx, async (tx) => {
    requirePlatform(tx, 'scope.create');
    await lockCatalogue(tx.db);
    return addScope(tx, input, await readScopes(tx.db));
  });
}

/** Adds a scope in a transaction that has locked the catalogue. */
export async function addScope(tx: Context, input: CreateScope, catalogue: readonly Scope[]): Promise<Scope> {
  const { name, texts, ...sent } = input;
  const fields = normaliseScope({
    group: 'api',
    access: 'read',
    sensitivity: 'normal',
    position: Math.min((await selectLastPosition(tx.db)) + 10, 1_000_000),
    advertised: false,
    openToStrangers: false,
    openTo: 'anyone',
    namedClients: [],
    implies: [],
    isDefault: false,
    ...withoutUndefined(sent),
    name,
    texts,
  });
  refuse(judgeScope(fields, catalogue, languages));
  await insertScope(tx.db, fields);
  await recordAudit(tx, { ...eventOn(fields.name), action: 'scope.create', after: fields });
  await announceChange(tx, 'scopes');
  return { ...fields, isExample: false, version: 1, retiredAt: null, formerNames: [] };
}

/**
 * Changes a scope. Clients that have it keep it. A rename replaces the name in every client, grant and resource.
 *
 * @throws forbidden: the actor is not the operator
 * @throws not_found: there is no such scope
 * @throws conflict: the scope has another version
 * @throws invalid_metadata: with every broken rule
 */
export async function updateScope(
  ctx: Context,
  name: string,
  change: UpdateScope,
  { version }: { version?: number | undefined } = {},
): Promise<Scope> {
  requirePlatform(ctx, 'scope.update');
  const write = (on: Context) =>
    inTransaction(on, async (tx) => {
      requirePlatform(tx, 'scope.update');
      await lockCatalogue(tx.db);
      return changeScope(tx, { name, change, version }, await readScopes(tx.db));
    });
  // A rename rewrites every client and grant with the scope.
  const isLong = change.rename !== undefined && !ctx.afterCommit;
  return isLong ? withoutTimeLimit((db) => write({ ...ctx, db })) : write(ctx);
}

type Change = { name: string; change: UpdateScope; version?: number | undefined };

/** Changes a scope in a transaction that has locked the catalogue. */
async function changeScope(
  tx: Context,
  { name, change, version }: Change,
  catalogue: readonly Scope[],
): Promise<Scope> {
  const before = getScopeOf(catalogue, name, version);
  const others = catalogue.filter((one) => one !== before);
  const { texts, rename, ...given } = change;
  const after = normaliseScope({
    ...fieldsOf(before),
    ...withoutUndefined(given),
    texts: mergeTexts(before.texts, texts),
  });
  const renamed = rename && readRename(before, rename, others);
  refuse([...judgeScope(after, others, languages), ...judgeBuiltIn(before, after), ...(renamed?.issues ?? [])]);
  const differences = changesBetween(
    { ...fieldsOf(before) },
    { ...after, ...(renamed && { name: renamed.rename.name }) },
  );
  if (!differences) return before;
  await updateScopeRow(tx.db, name, after);
  if (renamed) await renameScope(tx, name, renamed.rename);
  const until = renamed && { acceptedUntil: renamed.rename.until };
  const target = eventOn(renamed?.rename.name ?? name);
  await recordAudit(tx, {
    ...target,
    action: 'scope.update',
    ...differences,
    after: { ...differences.after, ...until },
  });
  await announceChange(tx, 'scopes');
  const changed = (await readScopes(tx.db)).find((one) => one.name === (renamed?.rename.name ?? name));
  if (!changed) throw notFound('Scope');
  return changed;
}

/** The scope of this name. @throws not_found: there is none; conflict: it has another version */
export function getScopeOf(catalogue: readonly Scope[], name: string, version?: number): Scope {
  const scope = catalogue.find((one) => one.name === name);
  if (!scope) throw notFound('Scope');
  if (version !== undefined && version !== scope.version)
    throw new RegistryError('conflict', 'The scope was changed since you read it. Read it again.', {
      field: 'version',
    });
  return scope;
}

/** The audit target of a scope. */
export const eventOn = (name: string) => ({ organizationId: null, targetType: 'scope' as const, targetId: name });

export function refuse(issues: readonly Issue[]): void {
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
}

const fieldsOf = ({ version: _v, retiredAt: _r, formerNames: _f, isExample: _e, ...fields }: Scope): ScopeFields =>
  fields;

type Given<T> = { [Field in keyof T]?: Exclude<T[Field], undefined> };

const withoutUndefined = <T extends object>(given: T): Given<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Given<T>;

const mergeTexts = (before: Scope['texts'], change: UpdateScope['texts'] = {}): Scope['texts'] =>
  Object.fromEntries(
    Object.entries({ ...before, ...change }).filter((entry): entry is [string, ScopeTexts] => entry[1] !== null),
  );

/** Of a scope with a meaning in the server itself, the kind stays. */
function judgeBuiltIn(before: ScopeFields, after: ScopeFields): Issue[] {
  if (!isBuiltIn(before.name)) return [];
  const message = 'Leave it: the server itself gives this scope its meaning.';
  const kept = (['access', 'implies'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return kept.map((field) => ({ field, rule: 'built_in', message }));
}
