import { database } from '../database.ts';
import { once } from '../once.ts';
import { deliverLogoutNotices } from './deliver.ts';

const everyMs = 30_000;
const state = () =>
  once<{ running: boolean; again: boolean }>('logout-notices', () => ({ running: false, again: false }));

/** Tells clients of ended sessions now, beside the request; while it is at work, once more afterwards. */
export function wakeLogoutNotices(): void {
  const now = state();
  now.again = true;
  if (now.running) return;
  now.running = true;
  void work().finally(() => {
    now.running = false;
  });
}

async function work(): Promise<void> {
  const now = state();
  while (now.again) {
    now.again = false;
    const taken = await deliverLogoutNotices(database()).catch(() => 0);
    if (taken > 0) now.again = true;
  }
}

/** From now on what could not be told is tried again in time, also what another process left; ends with the process. */
export function keepLogoutNotices(): void {
  setInterval(wakeLogoutNotices, everyMs).unref();
}
