import { besideRequests } from '../beside.ts';
import { database } from '../database.ts';
import { deliverLogoutNotices } from './deliver.ts';

/** Tells clients of ended sessions; what could not be told is tried again in time. */
export const { wake: wakeLogoutNotices, keep: keepLogoutNotices } = besideRequests('logout-notices', () =>
  deliverLogoutNotices(database()),
);
