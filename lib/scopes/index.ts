import type { Db } from '#db/client';
import { lockScope, selectScopes, updateScopeRow } from '#db/queries/scopes';
import { changesBetween, recordAudit } from '#lib/audit/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { forbidden, notFound, RegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';

/** How carefully a person should consider before they allow the scope. */
export type Sensitivity = 'normal' | 'sensitive' | 'restricted';

/** One entry of the catalogue kept by the operator. */
export type Scope = {
  name: string;
  group: string;
  access: 'read' | 'write' | 'identity';
  sensitivity: Sensitivity;
  /** By language; there is always English. */
  texts: Record<string, { title: string; description: string }>;
  position: number;
  /** In the published metadata; many programs request all scopes that they find there. */
  advertised: boolean;
  /** Self-registered clients can get it; never true for a restricted scope. */
  openToStrangers: boolean;
  /** No longer offered; clients that have it keep it. */
  retiredAt: Date | null;
};

/** How long a process may use a cached catalogue that the operator has changed in another process. */
const freshForMs = 5000;

type Cache = { scopes?: Promise<Scope[]>; readAt: number };
const cacheOfProcess = () => once<Cache>('scope-catalogue', () => ({ readAt: 0 }));

/** The whole catalogue with retired scopes. Most requests need it, so it is cached for a few seconds. */
export function readCatalogue(db: Db): Promise<Scope[]> {
  const cache = cacheOfProcess();
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
  delete cacheOfProcess().scopes;
}

/** The scopes that a client can request, in the catalogue's order. */
export async function listScopes(db: Db): Promise<Scope[]> {
  return (await readCatalogue(db)).filter(({ retiredAt }) => retiredAt === null);
}

/** The names that rule M16 accepts. */
export async function scopeNames(db: Db): Promise<ReadonlySet<string>> {
  return new Set((await listScopes(db)).map(({ name }) => name));
}

/** The scopes with these names, in the catalogue's order. Retired scopes are included; unknown names are skipped. */
export async function describeScopes(db: Db, names: readonly string[]): Promise<Scope[]> {
  const wanted = new Set(names);
  return (await readCatalogue(db)).filter(({ name }) => wanted.has(name));
}

/** One text for people, and the names of the scopes that it describes. */
export type ScopeInWords = { names: string[]; title: string; description: string; sensitivity: Sensitivity };

const weights: Record<Sensitivity, number> = { normal: 0, sensitive: 1, restricted: 2 };

/**
 * The texts of scopes in a language, or in English if there is none. Scopes with the same text are one item (`create:customers` and
 * `customers:create`).
 */
export function scopesInWords(scopes: readonly Scope[], language: string): ScopeInWords[] {
  const byText = new Map<string, ScopeInWords>();
  for (const { name, texts, sensitivity } of scopes) {
    const { title, description } = texts[language] ?? texts.en ?? { title: name, description: '' };
    const key = `${title}\n${description}`;
    const same = byText.get(key);
    if (!same) byText.set(key, { names: [name], title, description, sensitivity });
    else {
      same.names.push(name);
      if (weights[sensitivity] > weights[same.sensitivity]) same.sensitivity = sensitivity;
    }
  }
  return [...byText.values()];
}

/** Sorts the most sensitive scopes first, otherwise in the catalogue's order. */
export const mostSensitiveFirst = (scopes: readonly ScopeInWords[]): ScopeInWords[] =>
  scopes.toSorted((one, other) => weights[other.sensitivity] - weights[one.sensitivity]);

/** Omitted members stay as they are. */
export type UpdateScope = Partial<Pick<Scope, 'advertised' | 'openToStrangers'>>;

/**
 * Updates who can request a scope; other processes follow within seconds. Clients that have the scope keep it.
 * @throws forbidden: the actor is not the operator; not_found: there is none; invalid_metadata: a restricted scope cannot be open to strangers
 */
export async function updateScope(
  ctx: Context,
  name: string,
  { advertised, openToStrangers }: UpdateScope,
): Promise<Scope> {
  const after = await inTransaction(ctx, async (tx) => {
    const { actor } = tx;
    if (actor.kind !== 'command_line' && !(actor.kind === 'person' && actor.isOperator && !actor.token))
      throw forbidden('Only the operator manages the catalogue of scopes.');
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
