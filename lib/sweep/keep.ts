import { besideRequests } from '../beside.ts';
import { database } from '../database.ts';
import { removeUnusedRegistrations } from '../registrations/index.ts';
import { forgetWhatIsOver } from './forget.ts';

const minuteMs = 60_000;

const over = besideRequests('sweep', () => forgetWhatIsOver(database(), new Date()), { everyMs: minuteMs });
const unused = besideRequests('sweep-registrations', () => removeUnusedRegistrations(database(), new Date()), {
  everyMs: 10 * minuteMs,
});

/** From now on this process forgets what is over, in time and whether or not anybody asks it anything. */
export function keepSweeping(): void {
  over.keep();
  unused.keep();
}
