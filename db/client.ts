import { type NetConnectOpts, connect as open } from 'node:net';
import { Duplex } from 'node:stream';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { resilientPool } from './resilient-pool.ts';

/** The first argument of every query: the pool, or the transaction that the query runs in. */
export type Db = PostgresJsDatabase;

export type ConnectOptions = {
  /** The maximum number of connections. */
  max?: number;
  /** The server cancels a statement after this time; 0 = never (migrations, bulk work). */
  statementTimeoutMs?: number;
};

/**
 * A pool of connections to `url`, which may name a unix socket the way libpq does (`?host=/folder`).
 * If the database is down, slow or frozen, queries fail within seconds. The pool recovers afterwards.
 */
export function connect(url: string, { max = 10, statementTimeoutMs = 1500 }: ConnectOptions = {}): postgres.Sql {
  const target = new URL(url);
  const folder = target.searchParams.get('host');
  target.searchParams.delete('host');
  const port = Number(target.port || 5432);
  const address = folder
    ? { path: `${folder}/.s.PGSQL.${port}` }
    : { host: target.hostname.replace(/^\[(.*)\]$/, '$1'), port };
  const encrypted = target.searchParams.has('sslmode') || target.searchParams.has('ssl');
  return postgres(target.href, {
    max,
    connect_timeout: 2,
    backoff: (retries) => Math.min(0.05 * 2 ** retries, 1),
    onnotice: () => undefined,
    connection: {
      application_name: 'clientele',
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: statementTimeoutMs * 10,
    },
    ...(folder && { host: folder }),
    // A frozen or unreachable PostgreSQL cannot enforce its own timeout, so the socket does.
    ...(statementTimeoutMs > 0 && { socket: () => watchedSocket(address, statementTimeoutMs + 500, encrypted) }),
  });
}

/** Drizzle on its own pool; a query waits at most `waitMs` for a connection. Nothing else may use `sql`, because Drizzle replaces the pool's parsers. */
export function wrap(sql: postgres.Sql, waitMs = 2000): Db {
  return drizzle({ client: resilientPool(sql, waitMs) });
}

/** A socket that is destroyed if a query gets no answer within `silenceMs`. Its queries fail, and the pool opens another connection. */
function watchedSocket(address: NetConnectOpts, silenceMs: number, encrypted: boolean): Duplex {
  const socket = open(address);
  let lastQuery = { at: 0, bytesRead: -1 };
  const send = socket.write;
  socket.write = (...parts: unknown[]) => {
    if (socket.bytesRead !== lastQuery.bytesRead) lastQuery = { at: performance.now(), bytesRead: socket.bytesRead };
    return Reflect.apply(send, socket, parts) as boolean;
  };
  const isSilent = () => socket.bytesRead === lastQuery.bytesRead && performance.now() - lastQuery.at > silenceMs;
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
