import { lockCatalogue } from '#db/queries/scopes';
import { recordAudit } from '#lib/audit/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { isRegistryError } from '#lib/kernel/errors';
import { requirePlatform } from '#lib/platform/index';
import { readScopes } from './catalogue.ts';
import { addScope, eventOn } from './manage.ts';
import { type DescribedScope, readOpenApiScopes } from './openapi.ts';
import type { Scope } from './rules.ts';

/** What an import adds, what the catalogue has already and keeps, and what it cannot have, with the rule that is broken. */
export type Imported = { added: DescribedScope[]; existing: string[]; refused: { name: string; message: string }[] };

/**
 * Adds the OAuth scopes of an OpenAPI 3 document that the catalogue lacks, neither advertised nor open to strangers. Scopes that exist
 * stay as they are. With `dryRun` nothing is written.
 *
 * @throws forbidden: the actor is not the operator
 * @throws invalid_metadata: the document cannot be read
 */
export async function importScopes(
  ctx: Context,
  document: unknown,
  { group = 'api', dryRun = false }: { group?: string | undefined; dryRun?: boolean | undefined } = {},
): Promise<Imported> {
  requirePlatform(ctx, 'scope.import');
  const described = readOpenApiScopes(document);
  const abandoned = new Error('a dry run is rolled back');
  let imported: Imported = { added: [], existing: [], refused: [] };
  const write = async (tx: Context) => {
    requirePlatform(tx, 'scope.import');
    await lockCatalogue(tx.db);
    imported = await addAll(tx, described, { group, catalogue: await readScopes(tx.db) });
    if (dryRun) throw abandoned;
    const added = imported.added.map(({ name }) => name);
    if (added.length > 0) await recordAudit(tx, { ...eventOn('*'), action: 'scope.import', after: { group, added } });
  };
  await inTransaction(ctx, write).catch((error: unknown) => {
    if (error !== abandoned) throw error;
  });
  return imported;
}

async function addAll(
  tx: Context,
  described: readonly DescribedScope[],
  { group, catalogue }: { group: string; catalogue: readonly Scope[] },
): Promise<Imported> {
  const known = [...catalogue];
  const imported: Imported = { added: [], existing: [], refused: [] };
  for (const one of described) {
    const { name, title, description, access } = one;
    if (known.some((scope) => scope.name === name)) {
      imported.existing.push(name);
      continue;
    }
    const sensitivity = access === 'read' ? ('normal' as const) : ('sensitive' as const);
    const fields = { name, group, access, sensitivity, texts: { en: { title, description } } };
    try {
      known.push(await addScope(tx, fields, known));
      imported.added.push(one);
    } catch (error) {
      if (!isRegistryError(error)) throw error;
      imported.refused.push({ name, message: error.message });
    }
  }
  return imported;
}
