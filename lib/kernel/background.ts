import { once } from './once.ts';

/** Work outside of requests, in batches, until a batch is empty. Any process may do it. */
export type BackgroundWork = {
  /** Starts the work now and returns immediately. If it is running already, it runs once more afterwards. */
  wake: () => void;
  /** Also starts the work periodically until the process ends, because another process may have stopped before its work was done. */
  schedule: () => void;
};

/**
 * Defines background work. `work` does one batch and returns its size; after an error, the next start tries again. `scheduledOnly`: `wake`
 * has an effect only in a process that called `schedule`. `everyMs`: the period of `schedule`.
 */
export function runInBackground(
  name: string,
  work: () => Promise<number>,
  { scheduledOnly = false, everyMs = 30_000 }: { scheduledOnly?: boolean; everyMs?: number } = {},
): BackgroundWork {
  const state = () => once(`background-${name}`, () => ({ scheduled: false, running: false, again: false }));
  async function run(): Promise<void> {
    const now = state();
    while (now.again) {
      now.again = false;
      if ((await work().catch(() => 0)) > 0) now.again = true;
    }
  }
  function wake(): void {
    const now = state();
    if (scheduledOnly && !now.scheduled) return;
    now.again = true;
    if (now.running) return;
    now.running = true;
    void run().finally(() => {
      now.running = false;
    });
  }
  function schedule(): void {
    state().scheduled = true;
    setInterval(wake, everyMs).unref();
  }
  return { wake, schedule };
}
