import type { Db } from '#db/client';
import { lockScope, selectScopes, updateScopeRow } from '#db/queries/scopes';
import { changesBetween, recordAudit } from '#lib/audit/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { forbidden, notFound, RegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';

/** How carefully a person should consider the scope. */
export type Sensitivity = 'normal' | 'sensitive' | 'restricted';

/** One entry of the catalogue kept by the operator. */
export type Scope = {
  name: string;
  group: string;
  access: 'read' | 'write' | 'identity';
  sensitivity: Sensitivity;
  /** By language; English is always there. */
  texts: Record<string, { title: string; description: string }>;
  position: number;
  /** Named in the published metadata, of which programs ask for all. */
  advertised: boolean;
  /** Given to clients that nobody answers for; never a restricted one. */
  openToStrangers: boolean;
  /** No longer offered; clients that have it keep it. */
  retiredAt: Date | null;
};

/** How long a process may go on with a catalogue that the operator has changed elsewhere. */
const freshForMs = 5000;

type Kept = { scopes?: Promise<Scope[]>; readAt: number };
const kept = () => once<Kept>('scope-catalogue', () => ({ readAt: 0 }));

/** The whole catalogue, retired scopes as well; read at most every few seconds, as each edit and each page needs it. */
export function readCatalogue(db: Db): Promise<Scope[]> {
  const cache = kept();
  const now = performance.now();
  if (cache.scopes && now - cache.readAt < freshForMs) return cache.scopes;
  const scopes = selectScopes(db).then((rows): Scope[] => rows);
  cache.scopes = scopes;
  cache.readAt = now;
  scopes.catch(() => {
    if (cache.scopes === scopes) delete cache.scopes;
  });
  return scopes;
}

/** Discards the cached catalogue of this process, after a change. */
export function discardCatalogue(): void {
  delete kept().scopes;
}

/** The scopes that may be asked for, in the catalogue's order. */
export async function listScopes(db: Db): Promise<Scope[]> {
  return (await readCatalogue(db)).filter(({ retiredAt }) => retiredAt === null);
}

/** The names that rule M16 accepts. */
export async function scopeNames(db: Db): Promise<ReadonlySet<string>> {
  return new Set((await listScopes(db)).map(({ name }) => name));
}

/** The catalogue's entries for what a client has, in the catalogue's order; retired ones too, names it never had not. */
export async function describeScopes(db: Db, names: readonly string[]): Promise<Scope[]> {
  const wanted = new Set(names);
  return (await readCatalogue(db)).filter(({ name }) => wanted.has(name));
}

/** What people read of scopes, and the names that it stands for. */
export type ScopeInWords = { names: string[]; title: string; description: string; sensitivity: Sensitivity };

const weights: Record<Sensitivity, number> = { normal: 0, sensitive: 1, restricted: 2 };

/** Scopes as people read them in a language, else in English: those that say the same to a person are one (`create:customers`, `customers:create`). */
export function scopesInWords(scopes: readonly Scope[], language: string): ScopeInWords[] {
  const said = new Map<string, ScopeInWords>();
  for (const { name, texts, sensitivity } of scopes) {
    const { title, description } = texts[language] ?? texts.en ?? { title: name, description: '' };
    const key = `${title}\n${description}`;
    const same = said.get(key);
    if (!same) said.set(key, { names: [name], title, description, sensitivity });
    else {
      same.names.push(name);
      if (weights[sensitivity] > weights[same.sensitivity]) same.sensitivity = sensitivity;
    }
  }
  return [...said.values()];
}

/** Sorts the most sensitive scopes first, otherwise in the catalogue's order. */
export const mostSensitiveFirst = (said: readonly ScopeInWords[]): ScopeInWords[] =>
  said.toSorted((one, other) => weights[other.sensitivity] - weights[one.sensitivity]);

/** What is left out stays. */
export type UpdateScope = Partial<Pick<Scope, 'advertised' | 'openToStrangers'>>;

/**
 * Updates who may request a scope; other processes follow within seconds. Clients that have the scope keep it.
 * @throws forbidden: the actor is not the operator; not_found: there is none; invalid_metadata: a restricted scope cannot be open to strangers
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
    const before = await lockScope(tx.db, name);
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
    const target = { action: 'scope.update', organizationId: null, targetType: 'scope', targetId: name } as const;
    if (differences) await recordAudit(tx, { ...target, ...differences });
    return changed;
  });
  discardCatalogue();
  return after;
}
