import { database } from '../database.ts';
import { once } from '../once.ts';
import { fetchDueLogos } from './fetch-due.ts';

const everyMs = 30_000;
const state = () => once('logo-fetches', () => ({ kept: false, running: false, again: false }));

/** Fetches logos that are wanted now, beside the request; while it is at work, once more afterwards. Only a server does. */
export function wakeLogoFetches(): void {
  const now = state();
  now.again = now.kept;
  if (now.running || !now.kept) return;
  now.running = true;
  void work().finally(() => {
    now.running = false;
  });
}

async function work(): Promise<void> {
  const now = state();
  while (now.again) {
    now.again = false;
    const taken = await fetchDueLogos(database()).catch(() => 0);
    if (taken > 0) now.again = true;
  }
}

/** From now on this process fetches logos, also what could not be fetched before and what another process left; ends with the process. */
export function keepLogoFetches(): void {
  state().kept = true;
  setInterval(wakeLogoFetches, everyMs).unref();
}
