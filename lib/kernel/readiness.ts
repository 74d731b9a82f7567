import { pendingMigrations } from '#db/migrate';
import { pingDatabase } from '#db/queries/server';
import { database, isUnavailable } from './database.ts';
import { once } from './once.ts';

type Phase = { phase: 'starting' | 'serving' | 'stopping'; migrated: boolean };
const state = () => once<Phase>('readiness', () => ({ phase: 'starting', migrated: false }));

/** Sets the phase of the process; only `server.ts` calls it. */
export function setPhase(phase: Phase['phase']): void {
  state().phase = phase;
}

export const isStarting = (): boolean => state().phase === 'starting';
export const isStopping = (): boolean => state().phase === 'stopping';

/** Returns why the process cannot serve requests now, or undefined if it can. */
export async function findUnreadyReason(): Promise<string | undefined> {
  const now = state();
  if (now.phase !== 'serving') return now.phase;
  try {
    if (now.migrated) await pingDatabase(database());
    else now.migrated = (await pendingMigrations(database())).length === 0;
  } catch (error) {
    if (isUnavailable(error)) return 'the database does not answer';
    throw error;
  }
  return now.migrated ? undefined : 'migrations are pending: npm run clientele -- migrate';
}
