import type { Db } from '#db/client';
import { selectScopes } from '#db/queries/scopes';
import { once } from '../once.ts';
import type { Scope } from './scope.ts';

/** How long a process may go on with a catalogue that the operator has changed elsewhere. */
const freshForMs = 5000;

type Kept = { scopes?: Promise<Scope[]>; readAt: number };
const kept = () => once<Kept>('scope-catalogue', () => ({ readAt: 0 }));

/** The whole catalogue, retired scopes as well; read at most every few seconds, as each edit and each page needs it. */
export function readCatalogue(db: Db): Promise<Scope[]> {
  const cache = kept();
  const now = performance.now();
  if (cache.scopes && now - cache.readAt < freshForMs) return cache.scopes;
  const scopes = selectScopes(db).then((rows): Scope[] => rows);
  cache.scopes = scopes;
  cache.readAt = now;
  scopes.catch(() => {
    if (cache.scopes === scopes) cache.scopes = undefined;
  });
  return scopes;
}

/** For whoever changes the catalogue: this process reads it anew at once. */
export function forgetCatalogue(): void {
  kept().scopes = undefined;
}
