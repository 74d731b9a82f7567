import { besideRequests } from '../beside.ts';
import { database } from '../database.ts';
import { fetchDueLogos } from './fetch-due.ts';

/** Fetches logos that are wanted, in a server only: what registers on the command line reads nobody's site. */
export const { wake: wakeLogoFetches, keep: keepLogoFetches } = besideRequests(
  'logo-fetches',
  () => fetchDueLogos(database()),
  { keptOnly: true },
);
