import {
  countScopeUse,
  lockCatalogue,
  selectOwnersOfScope,
  selectUnusedScopes,
  updateScopeRow,
} from '#db/queries/scopes';
import { recordAudit } from '#lib/audit/index';
import { announceChange } from '#lib/kernel/configured';
import { type Context, inTransaction } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { notFound } from '#lib/kernel/errors';
import { isStorableDate } from '#lib/kernel/values';
import { sendMail } from '#lib/mail/index';
import { requirePlatform } from '#lib/platform/index';
import { readCatalogue, readScopes } from './catalogue.ts';
import { eventOn, getScopeOf, refuse } from './manage.ts';
import { isBuiltIn, isRetired, type Scope } from './rules.ts';

/** Counts of use end here. */
export const countMax = 10_000;

/** The apps that have a scope and the people that granted it, each counted as far as `countMax`. */
export type ScopeUse = { apps: number; people: number };

/** A scope of the catalogue, retired or not, with its use. @throws forbidden: the actor is not the operator; not_found: there is none */
export async function getScope(ctx: Context, name: string): Promise<Scope & { use: ScopeUse }> {
  requirePlatform(ctx, 'scope.show');
  const scope = (await readCatalogue(ctx.db)).find((one) => one.name === name);
  if (!scope) throw notFound('Scope');
  return { ...scope, use: await countScopeUse(ctx.db, { name, most: countMax }) };
}

/** The scopes of the catalogue in its order. @throws forbidden: the actor is not the operator */
export async function listCatalogue(ctx: Context, { retired = false } = {}): Promise<Scope[]> {
  requirePlatform(ctx, 'scope.list');
  return (await readCatalogue(ctx.db)).filter((scope) => retired || !isRetired(scope));
}

/**
 * Ends a scope, now or at a later moment: from then on requests for it are refused, refreshed tokens lose it and no client can add it.
 * The owners of the clients that have it are told by mail first. Returns the scope, its use and the number of mails.
 *
 * @throws forbidden: the actor is not the operator
 * @throws not_found: there is no such scope
 * @throws conflict: the scope has another version
 * @throws invalid_metadata: the server itself needs it, other scopes imply it, it is retired, or `on` is no date to come
 */
export async function retireScope(
  ctx: Context,
  name: string,
  { on, version }: { on?: Date | undefined; version?: number | undefined } = {},
): Promise<Scope & { use: ScopeUse; mails: number }> {
  requirePlatform(ctx, 'scope.retire');
  judgeRetirement(await readScopes(ctx.db), name, { on, version });
  const use = await countScopeUse(ctx.db, { name, most: countMax });
  const mails = use.apps > 0 ? await tellOwners(ctx, name, on) : 0;
  const scope = await inTransaction(ctx, async (tx) => {
    requirePlatform(tx, 'scope.retire');
    await lockCatalogue(tx.db);
    const before = judgeRetirement(await readScopes(tx.db), name, { on, version });
    const retiredAt = on ?? new Date();
    await updateScopeRow(tx.db, name, { retiredAt, isDefault: false });
    const after = { retiredAt, ...use, mails };
    await recordAudit(tx, { ...eventOn(name), action: 'scope.retire', before: { retiredAt: before.retiredAt }, after });
    await announceChange(tx, 'scopes');
    return { ...before, retiredAt, isDefault: false, version: before.version + 1 };
  });
  return { ...scope, use, mails };
}

function judgeRetirement(
  catalogue: readonly Scope[],
  name: string,
  { on, version }: { on?: Date | undefined; version?: number | undefined },
): Scope {
  const scope = getScopeOf(catalogue, name, version);
  const refuseName = (rule: string, message: string) => refuse([{ field: 'name', rule, message }]);
  if (isBuiltIn(name)) refuseName('built_in', `Keep ${name}: the server itself gives this scope its meaning.`);
  if (isRetired(scope)) refuseName('retired', `${name} is retired already.`);
  const implying = catalogue.find((one) => one.implies.includes(name) && !isRetired(one));
  if (implying) refuseName('implies', `First let ${implying.name} no longer imply ${name}.`);
  if (on && !(isStorableDate(on) && on.getTime() > Date.now()))
    refuse([
      { field: 'on', rule: 'range', message: 'Choose a date to come, or leave it out to retire the scope now.' },
    ]);
  return scope;
}

const mailsAtOnce = 100;

/** Sends a mail to each owner of an organization with a client that has the scope. Returns how many. */
async function tellOwners(ctx: Context, name: string, on: Date | undefined): Promise<number> {
  const when = on ? `On ${on.toISOString().slice(0, 10)}` : 'From now on';
  const reply = (apps: readonly string[], organization: string) =>
    [
      `${when}, the scope ${name} is retired at ${new URL(env().appUrl).host}.`,
      '',
      `Apps of ${organization} that have it:`,
      ...apps.map((app) => `  ${app}`),
      '',
      'Requests for it will be refused with invalid_scope, and refreshed tokens will no longer have it.',
      `Remove it from your apps: ${env().appUrl}/clients`,
      '',
    ].join('\n');
  let sent = 0;
  let after = '';
  for (;;) {
    const owners = await selectOwnersOfScope(ctx.db, { name, after, limit: mailsAtOnce });
    for (const { email, organization, apps } of owners)
      await sendMail(ctx.db, { to: email, subject: `The scope ${name} is retired`, text: reply(apps, organization) });
    sent += owners.length;
    const last = owners.at(-1);
    if (!last || owners.length < mailsAtOnce) return sent;
    after = last.place;
  }
}

/**
 * Offers a retired scope again, to clients that still have it as before.
 *
 * @throws forbidden: the actor is not the operator
 * @throws not_found: there is no such scope
 * @throws conflict: the scope has another version
 */
export async function restoreScope(
  ctx: Context,
  name: string,
  { version }: { version?: number | undefined } = {},
): Promise<Scope> {
  requirePlatform(ctx, 'scope.restore');
  return inTransaction(ctx, async (tx) => {
    requirePlatform(tx, 'scope.restore');
    await lockCatalogue(tx.db);
    const before = getScopeOf(await readScopes(tx.db), name, version);
    if (before.retiredAt === null) return before;
    await updateScopeRow(tx.db, name, { retiredAt: null });
    const [from, to] = [{ retiredAt: before.retiredAt }, { retiredAt: null }];
    await recordAudit(tx, { ...eventOn(name), action: 'scope.restore', before: from, after: to });
    await announceChange(tx, 'scopes');
    return { ...before, retiredAt: null, version: before.version + 1 };
  });
}

/** Retires every example scope that no client has. Returns their names. @throws forbidden: the actor is not the operator */
export async function retireUnusedExamples(ctx: Context): Promise<string[]> {
  requirePlatform(ctx, 'scope.retire');
  const examples = (await readScopes(ctx.db)).filter((scope) => scope.isExample && !isRetired(scope));
  const unused = await selectUnusedScopes(
    ctx.db,
    examples.map(({ name }) => name),
  );
  for (const name of unused) await retireScope(ctx, name);
  return unused;
}
