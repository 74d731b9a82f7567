import { type NetConnectOpts, connect as open } from 'node:net';
import { Duplex } from 'node:stream';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { resilientPool } from './resilient-pool.ts';

/** The database as every query sees it: the pool, or the transaction it runs in. */
export type Db = PostgresJsDatabase;

export type ConnectOptions = {
  /** Connections at most. */
  max?: number;
  /** After this the server gives a statement up; 0 = never (migrations, bulk work). */
  statementTimeoutMs?: number;
};

/**
 * A pool of connections to `url`, which may name a unix socket the way libpq does (`?host=/folder`).
 * A database that is down, slow or frozen gives an error within seconds, and the pool mends itself afterwards.
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
    // PostgreSQL cannot keep its own timeout while it is frozen or out of reach: then the socket does.
    ...(statementTimeoutMs > 0 && { socket: () => watchedSocket(address, statementTimeoutMs + 500, encrypted) }),
  });
}

/** Drizzle on its own pool, where nobody waits longer than `waitMs` for a connection. Nothing else may use `sql`: Drizzle replaces the pool's parsers. */
export function wrap(sql: postgres.Sql, waitMs = 2000): Db {
  return drizzle({ client: resilientPool(sql, waitMs) });
}

/** A connection on which a question without an answer after `silenceMs` is an error: what waits on it fails, and the pool opens another. */
function watchedSocket(address: NetConnectOpts, silenceMs: number, encrypted: boolean): Duplex {
  const socket = open(address);
  let asked = { at: 0, read: -1 };
  const send = socket.write;
  socket.write = (...parts: unknown[]) => {
    if (socket.bytesRead !== asked.read) asked = { at: performance.now(), read: socket.bytesRead };
    return Reflect.apply(send, socket, parts) as boolean;
  };
  const isSilent = () => socket.bytesRead === asked.read && performance.now() - asked.at > silenceMs;
  const giveUp = () => {
    if (isSilent()) socket.destroy(Object.assign(new Error('the database does not answer'), { code: 'SILENT' }));
  };
  // After a turn of the event loop that took long, the answer may be there and not read yet: timers come before sockets.
  const watch = setInterval(() => isSilent() && setImmediate(giveUp), 250);
  watch.unref();
  socket.once('close', () => clearInterval(watch));
  // TLS writes past `write` of a bare socket, but not past that of a stream around it.
  return encrypted ? Duplex.from({ readable: socket, writable: socket }) : socket;
}
