import { once } from './once.ts';

/** Work that is done beside requests, by any process, until nothing of it is left. */
export type BackgroundWork = {
  /** Does it now, without anybody waiting; while it is at work, once more afterwards. */
  wake: () => void;
  /** From now on this process does it in time as well, also what another process left; ends with the process. */
  keep: () => void;
};

/**
 * `work` does a batch and answers how much it took; what it throws is left for the next time. `keptOnly`: only a process that keeps it
 * does it at all, and `everyMs` is how often it looks by itself.
 */
export function runInBackground(
  name: string,
  work: () => Promise<number>,
  { keptOnly = false, everyMs = 30_000 }: { keptOnly?: boolean; everyMs?: number } = {},
): BackgroundWork {
  const state = () => once(`beside-${name}`, () => ({ kept: false, running: false, again: false }));
  async function run(): Promise<void> {
    const now = state();
    while (now.again) {
      now.again = false;
      if ((await work().catch(() => 0)) > 0) now.again = true;
    }
  }
  function wake(): void {
    const now = state();
    if (keptOnly && !now.kept) return;
    now.again = true;
    if (now.running) return;
    now.running = true;
    void run().finally(() => {
      now.running = false;
    });
  }
  function keep(): void {
    state().kept = true;
    setInterval(wake, everyMs).unref();
  }
  return { wake, keep };
}
