import { setTimeout as pause } from 'node:timers/promises';
import { connect } from './client.ts';

type Heard = {
  /** The connection listens now. Notices from before may have been missed. */
  onListening: () => void;
  onNotice: (payload: string) => void;
  /** PostgreSQL answered on this connection. `askedAt`: when the question was sent (`performance.now()`). */
  onAlive: (askedAt: number) => void;
};

const beatMs = 250;

/**
 * Listens on `channel` (a plain identifier) on a connection of its own, and asks it every 250 ms whether it still listens. After a loss
 * another connection is opened, at most one a second. Returns a function that ends it.
 */
export function listen(url: string, channel: string, { onListening, onNotice, onAlive }: Heard): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function listenOnce(): Promise<void> {
    const sql = connect(url, { max: 1, statementTimeoutMs: 1000, onNotice });
    try {
      await sql.unsafe(`listen ${channel}`);
      onListening();
      while (!signal.aborted) {
        const askedAt = performance.now();
        // The pool opens another connection after a loss, and that one does not listen.
        const [row] = await sql<{ listens: boolean }[]>`select exists (select from pg_listening_channels()) as listens`;
        if (!row?.listens) return;
        onAlive(askedAt);
        await pause(beatMs, undefined, { ref: false, signal });
      }
    } finally {
      await sql.end({ timeout: 0 });
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      const beganAt = performance.now();
      await listenOnce().catch(() => undefined);
      if (performance.now() - beganAt > 5000) failures = 0;
      await pause(Math.min(50 * 2 ** failures, 1000), undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  const ended = run();
  return () => {
    stopping.abort();
    return ended;
  };
}
