import type { Db } from '#db/client';
import { insertRefusals, type NewRow, selectRefusal, selectRefusalsOf } from '#db/queries/refusals';
import { findManagedClient, getOwnedClient } from '#lib/clients/index';
import type { Context } from '#lib/kernel/context';
import { once } from '#lib/kernel/once';
import { type RefusalEndpoint, type RefusalReason, refusalEndpoints, refusalReasons } from './reason.ts';
import { isReference } from './rules.ts';

/** Finds a refusal by its reference, for people who manage the client; undefined for everyone else, also for the operator. */
export async function findRefusal(ctx: Context, reference: string): Promise<Refusal | undefined> {
  if (ctx.actor.kind !== 'person' || !isReference(reference)) return undefined;
  await writeRefusals(ctx.db);
  const refusal = await selectRefusal(ctx.db, reference);
  return refusal && (await findManagedClient(ctx, refusal.clientId)) ? refusalOf(refusal) : undefined;
}

/** A client's refusals of the last 30 days, the latest first, from after the refusal `before`. @throws not_found; forbidden */
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

/** A refused request of a client; equal requests share one row. */
export type Refusal = {
  /** The code that the error page showed to the person. */
  reference: string;
  clientId: string;
  endpoint: RefusalEndpoint;
  reason: RefusalReason;
  /** RFC 6749 §4.1.2.1, §5.2. */
  error: string;
  description: string;
  /** The sent value of the parameter that the reason is about; never a credential. */
  asked: string;
  /** The redirect URI as sent, without its query. */
  redirectUri: string;
  /** The redirect URI had a query. The query is not stored, because it may contain private data. */
  hadQuery: boolean;
  /** The row stands for all further refusals with the same endpoint and reason, and has the data of the latest. */
  isRest: boolean;
  times: number;
  createdAt: Date;
  lastAt: Date;
};

/** A kind is an endpoint and a reason. The first refusals of a kind have a row each, up to a maximum; the others share one row, the rest. */
const redirectUriRowsMax = 99;
const rowsOfKindMax = 5;
/** How many rows a process keeps in memory. Further refusals are dropped, so that a flood cannot fill the memory. */
const pendingMax = 2000;
const writtenEveryMs = 1000;

type Pending = {
  rows: Map<string, NewRow>;
  /** The number of rows of each kind, by the reference of the kind's rest. */
  kinds: Map<string, number>;
  timer?: NodeJS.Timeout | undefined;
  writing: Promise<void>;
};
const pending = () =>
  once<Pending>('refusals-pending', () => ({ rows: new Map(), kinds: new Map(), writing: Promise.resolve() }));

/** Counts a refusal in memory. All refusals are written together once a second. */
export function queueRefusal(db: Db, row: Omit<NewRow, 'times' | 'most' | 'isRest'>): void {
  const state = pending();
  const most = row.reason === 'redirect_uri' ? redirectUriRowsMax : rowsOfKindMax;
  const ofKind = state.kinds.get(row.restReference) ?? 0;
  // The rest shares a row in memory too, so that one client's refusals leave room for those of other clients.
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
