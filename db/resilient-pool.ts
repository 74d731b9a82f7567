import { setImmediate as nextTurn } from 'node:timers/promises';
import postgres from 'postgres';
import { isConnectionLost } from './unavailable.ts';

type Transaction = postgres.TransactionSql;
type Work = (tx: Transaction) => unknown;

/**
 * The pool as Drizzle uses it (`unsafe` and `begin`), with protection against a database that is sometimes unavailable:
 * - a query that gets no connection within `waitMs` fails, instead of waiting forever;
 * - after a lost connection the next query gets a new pool. postgres.js 3.4.9 would reuse the connection, send
 *   its unsent bytes before the first message, and wait for an answer to them;
 * - a transaction whose connection is lost sends nothing more, not even ROLLBACK, which would crash the process.
 */
export function resilientPool(first: postgres.Sql, waitMs: number): postgres.Sql {
  const withConnection = makeSemaphore(first.options.max, waitMs);
  let current = first;

  const using = async <T>(pool: postgres.Sql, work: () => PromiseLike<T>) => {
    try {
      return await work();
    } catch (error) {
      if (isConnectionLost(error) && pool === current) current = renew(pool);
      throw error;
    }
  };

  const unsafe = (...statement: Parameters<postgres.Sql['unsafe']>) => {
    let asArrays = false;
    const run = () => {
      const pool = current;
      const query = pool.unsafe(...statement);
      return using<unknown>(pool, () => (asArrays ? query.values() : query));
    };
    const answer = Promise.resolve().then(() => withConnection(run));
    // Drizzle calls `values()` before the query starts if it wants rows as arrays.
    const values = () => {
      asArrays = true;
      return answer;
    };
    return Object.assign(answer, { values });
  };

  const begin = (work: Work) =>
    withConnection(() => {
      const pool = current;
      return using(pool, () => transact(pool, work));
    });

  const end: postgres.Sql['end'] = first.end;
  first.end = async (options) => {
    await Promise.all([end(options), current === first ? undefined : current.end(options)]);
  };
  const own = new Map<string | symbol, unknown>(Object.entries({ unsafe, begin }));
  return new Proxy(first, { get: (pool, name) => own.get(name) ?? Reflect.get(pool, name) });
}

/** Creates a pool with the same options, which contain Drizzle's parsers. Queries that run on the old pool may finish. */
function renew(pool: postgres.Sql): postgres.Sql {
  void pool.end({ timeout: 5 });
  return postgres(pool.options as unknown as postgres.Options<Record<string, never>>);
}

async function transact(pool: postgres.Sql, work: Work): Promise<unknown> {
  let hasEnded = false;
  const guarded =
    (work: Work) =>
    async (tx: Transaction): Promise<unknown> => {
      const savepoint = (inner: Work) => tx.savepoint(guarded(inner));
      try {
        return await work(onlyWhile(() => !hasEnded, tx, savepoint));
      } catch (error) {
        await nextTurn(); // by then a lost connection has been detected
        throw error;
      } finally {
        if (hasEnded) await new Promise<never>(() => undefined); // no caller waits for this any more
      }
    };
  try {
    return await pool.begin(guarded(work));
  } finally {
    hasEnded = true;
  }
}

/** The transaction as Drizzle uses it. It refuses every statement once `isOpen` returns false. */
function onlyWhile(isOpen: () => boolean, tx: Transaction, savepoint: (inner: Work) => unknown): Transaction {
  const unsafe = (...statement: Parameters<Transaction['unsafe']>) => {
    if (isOpen()) return tx.unsafe(...statement);
    throw Object.assign(new Error('the connection of this transaction was lost'), { code: 'CONNECTION_CLOSED' });
  };
  const own = new Map<string | symbol, unknown>(Object.entries({ unsafe, savepoint }));
  return new Proxy(tx, { get: (target, name) => own.get(name) ?? Reflect.get(target, name) });
}

type WaitingTask = { enter: () => void; timer: NodeJS.Timeout };
type Semaphore = <T>(work: () => PromiseLike<T>) => Promise<T>;

/** Runs at most `places` tasks at once. A task without a place waits for one, at most `waitMs` milliseconds. @throws POOL_BUSY: it waited that long */
function makeSemaphore(places: number, waitMs: number): Semaphore {
  let free = places;
  const waiting = new Set<WaitingTask>();

  const waitForPlace = () =>
    new Promise<void>((enter, reject) => {
      const giveUp = () => {
        waiting.delete(self);
        reject(Object.assign(new Error('every connection to the database is busy'), { code: 'POOL_BUSY' }));
      };
      const self: WaitingTask = { enter, timer: setTimeout(giveUp, waitMs) };
      waiting.add(self);
    });

  const leave = () => {
    const [next] = waiting;
    if (!next) {
      free += 1;
      return;
    }
    waiting.delete(next);
    clearTimeout(next.timer);
    next.enter();
  };

  return async (work) => {
    if (free > 0) free -= 1;
    else await waitForPlace();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
