import type { Db } from '#db/client';
import { insertRefusals, type NewRow, selectRefusal, selectRefusalsOf } from '#db/queries/refusals';
import { findManagedClient, getOwnedClient } from '#lib/clients/index';
import type { Context } from '#lib/kernel/context';
import { once } from '#lib/kernel/once';
import { type RefusalEndpoint, type RefusalReason, refusalEndpoints, refusalReasons } from './reason.ts';
import { isReference } from './rules.ts';

/** The refusal of that reference, for the people of its client; for everybody else, the operator too, there is none. */
export async function findRefusal(ctx: Context, reference: string): Promise<Refusal | undefined> {
  if (ctx.actor.kind !== 'person' || !isReference(reference)) return undefined;
  await writeRefusals(ctx.db);
  const refusal = await selectRefusal(ctx.db, reference);
  return refusal && (await findManagedClient(ctx, refusal.clientId)) ? refusalOf(refusal) : undefined;
}

/** What was refused to a client in the last thirty days, the latest first, behind the refusal `before`. @throws not_found, forbidden */
export async function listRefusals(
  ctx: Context,
  clientId: string,
  page: { limit: number; before?: Pick<Refusal, 'lastAt' | 'reference'> } = { limit: 500 },
): Promise<Refusal[]> {
  const client = await getOwnedClient(ctx, clientId);
  await writeRefusals(ctx.db);
  return (await selectRefusalsOf(ctx.db, client.clientId, page)).map(refusalOf);
}

type Row = NonNullable<Awaited<ReturnType<typeof selectRefusal>>>;

const refusalOf = (row: Row): Refusal => ({
  ...row,
  endpoint: refusalEndpoints.find((one) => one === row.endpoint) ?? 'authorize',
  reason: refusalReasons.find((one) => one === row.reason) ?? 'other',
});

/** A request of a client that was refused. */
export type Refusal = {
  /** What the page told the person, where one was shown. */
  reference: string;
  clientId: string;
  endpoint: RefusalEndpoint;
  reason: RefusalReason;
  /** RFC 6749 §4.1.2.1, §5.2. */
  error: string;
  description: string;
  /** What was sent, of the parameter that the reason is about; never a credential. */
  asked: string;
  /** As it was asked for, without its query. */
  redirectUri: string;
  /** The address had a query. The query itself is not stored, because it may hold private data. */
  hadQuery: boolean;
  /** Stands for all further ones of its kind, of which the latest is told. */
  isRest: boolean;
  times: number;
  createdAt: Date;
  lastAt: Date;
};

/** Refused redirect URIs are listed one by one up to the first limit, other reasons at an endpoint up to the second. The rest share a row. */
const mostRedirectUris = 99;
const mostOfAKind = 5;
/** What one process remembers until it writes: beyond that nothing is kept, so that no flood fills its memory. */
const pendingMax = 2000;
const writtenEveryMs = 1000;

type Pending = {
  rows: Map<string, NewRow>;
  /** How many rows of each kind, by the reference of its rest. */
  kinds: Map<string, number>;
  timer?: NodeJS.Timeout | undefined;
  writing: Promise<void>;
};
const pending = () =>
  once<Pending>('refusals-pending', () => ({ rows: new Map(), kinds: new Map(), writing: Promise.resolve() }));

/** Counts a refusal in memory. All refusals are written together once a second. */
export function queueRefusal(db: Db, row: Omit<NewRow, 'times' | 'most' | 'isRest'>): void {
  const state = pending();
  const most = row.reason === 'redirect_uri' ? mostRedirectUris : mostOfAKind;
  const ofKind = state.kinds.get(row.restReference) ?? 0;
  // One client's flood leaves room for the others.
  const isRest = !state.rows.has(row.reference) && ofKind >= most;
  const reference = isRest ? row.restReference : row.reference;
  const known = state.rows.get(reference);
  if (!known && state.rows.size >= pendingMax) return;
  if (!known && !isRest) state.kinds.set(row.restReference, ofKind + 1);
  state.rows.set(reference, { ...row, reference, most, isRest, times: (known?.times ?? 0) + 1 });
  state.timer ??= setTimeout(() => void writeRefusals(db), writtenEveryMs).unref();
}

/** Writes the counted refusals of this process. They are lost if the database does not answer. */
export function writeRefusals(db: Db): Promise<void> {
  const state = pending();
  clearTimeout(state.timer);
  state.timer = undefined;
  const rows = [...state.rows.values()];
  state.rows.clear();
  state.kinds.clear();
  if (rows.length > 0) state.writing = state.writing.then(() => insertRefusals(db, rows)).catch(() => undefined);
  return state.writing;
}
