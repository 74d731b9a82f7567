import type { Db } from '#db/client';
import { keepRefusals, type NewRow } from '#db/queries/refusals';
import { once } from '../once.ts';

/** Redirect URIs that a client is told one by one; of every other reason at one endpoint so many. The rest is one row. */
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

/** Counts a refusal; however many there are, they are written together once a second. */
export function keepLater(db: Db, row: Omit<NewRow, 'times' | 'most' | 'isRest'>): void {
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

/** Writes what this process has counted; a database that is away loses it. */
export function writeRefusals(db: Db): Promise<void> {
  const state = pending();
  clearTimeout(state.timer);
  state.timer = undefined;
  const rows = [...state.rows.values()];
  state.rows.clear();
  state.kinds.clear();
  if (rows.length > 0) state.writing = state.writing.then(() => keepRefusals(db, rows)).catch(() => undefined);
  return state.writing;
}
