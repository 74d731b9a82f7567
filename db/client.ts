import { type NetConnectOpts, connect as open } from 'node:net';
import { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

/** The first argument of every query: the pool, or the transaction that the query runs in. */
export type Db = PostgresJsDatabase;

export type ConnectOptions = {
  /** The maximum number of connections. */
  max?: number;
  /** The server cancels a statement after this time; 0 = never (migrations, bulk work). */
  statementTimeoutMs?: number;
  /** Receives the payload of each notice (NOTIFY) that a connection hears. */
  onNotice?: (payload: string) => void;
};

/**
 * A pool of connections to `url`, which may name a unix socket the way libpq does (`?host=/folder`).
 * If the database is down, slow or frozen, queries fail within seconds. The pool recovers afterwards.
 */
export function connect(
  url: string,
  { max = 10, statementTimeoutMs = 1500, onNotice }: ConnectOptions = {},
): postgres.Sql {
  const target = new URL(url);
  const folder = target.searchParams.get('host');
  target.searchParams.delete('host');
  const port = Number(target.port || 5432);
  const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
  const address = folder ? { path: `${folder}/.s.PGSQL.${port}` } : { host, port };
  const encrypted = target.searchParams.has('sslmode') || target.searchParams.has('ssl');
  return postgres(target.href, {
    max,
    connect_timeout: 2,
    backoff: (retries) => Math.min(0.05 * 2 ** retries, 1),
    onnotice: () => undefined,
    // Missing in the library's types. Its own `listen` does not listen again after a failed reconnection.
    ...(onNotice && { onnotify: (_channel: string, payload: string) => onNotice(payload) }),
    connection: {
      application_name: 'clientele',
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: statementTimeoutMs * 10,
    },
    // postgres.js cannot read an IPv6 address in a URL. It takes the server's name for TLS from the socket. Its types lack `socket`.
    ...{ socket: () => Object.assign(openSocket(address, statementTimeoutMs, encrypted), { host }) },
  });
}

/** Drizzle on its own pool; a query waits at most `waitMs` for a connection. Nothing else may use `sql`, because Drizzle replaces the pool's parsers. */
export function wrap(sql: postgres.Sql, waitMs = 2000): Db {
  return drizzle({ client: resilientPool(sql, waitMs) });
}

/**
 * Opens a socket that is destroyed if a query gets no answer, because a frozen or unreachable PostgreSQL cannot enforce its own
 * timeout. Its queries fail, and the pool opens another connection.
 */
function openSocket(address: NetConnectOpts, statementTimeoutMs: number, encrypted: boolean): Duplex {
  const socket = open(address);
  if (statementTimeoutMs === 0) return socket;
  let lastQuery = { at: 0, bytesRead: -1 };
  const send = socket.write;
  socket.write = (...parts: unknown[]) => {
    if (socket.bytesRead !== lastQuery.bytesRead) lastQuery = { at: performance.now(), bytesRead: socket.bytesRead };
    return Reflect.apply(send, socket, parts) as boolean;
  };
  const isSilent = () =>
    socket.bytesRead === lastQuery.bytesRead && performance.now() - lastQuery.at > statementTimeoutMs + 500;
  const giveUp = () => {
    if (isSilent()) socket.destroy(Object.assign(new Error('the database does not answer'), { code: 'SILENT' }));
  };
  // Timers run before sockets: after a long turn of the event loop, an answer may have arrived and not been read yet.
  const watch = setInterval(() => isSilent() && setImmediate(giveUp), 250);
  watch.unref();
  socket.once('close', () => clearInterval(watch));
  // TLS bypasses `write` of a plain socket, but not of a stream around it.
  return encrypted ? Duplex.from({ readable: socket, writable: socket }) : socket;
}

/** Codes of postgres.js and of sockets for a lost connection. */
const lost = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'ECONNRESET', 'EPIPE', 'SILENT']);
/**
 * Codes for a temporary failure. 57014 is the statement timeout, 53300 too many connections, 57P0x a server that stops or starts,
 * 40001 and 40P01 a conflict of two transactions.
 */
const temporary = new Set([
  'POOL_BUSY',
  'ECONNREFUSED',
  'ENOENT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const temporaryStates = /^(08...|40001|40P01|57014|57P0[1-5]|53...|25P03)$/;

const isConnectionLost = (error: unknown): boolean => lost.has(codeOf(error));

/** Whether the database is unavailable, rather than the query wrong. The answer is then 503 with Retry-After. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  return lost.has(code) || temporary.has(code) || temporaryStates.test(code);
}

/** Whether the server cancelled a statement at the statement timeout. */
export const isTimedOut = (error: unknown): boolean => codeOf(error) === '57014';

/** Drizzle wraps the driver's errors. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return '';
}

type Transaction = postgres.TransactionSql;
type Work = (tx: Transaction) => unknown;

/**
 * The pool as Drizzle uses it (`unsafe` and `begin`), with protection against a database that is sometimes unavailable:
 * - A query that gets no connection within `waitMs` fails. In postgres.js it waits forever.
 * - After a lost connection the next query gets a new pool. postgres.js uses the connection again and waits forever if it had
 *   unsent bytes.
 * - A transaction whose connection is lost sends nothing more. In postgres.js its ROLLBACK ends the process, and its other
 *   statements run outside a transaction, in the next session of the connection.
 *
 * `tests/db/postgres.test.ts` fails if a version of postgres.js no longer needs one of these.
 */
function resilientPool(first: postgres.Sql, waitMs: number): postgres.Sql {
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
