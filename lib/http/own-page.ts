import { env } from '../env.ts';
import type { Call } from './call.ts';
import { fault } from './problems.ts';

/** Refuses a form that another site sends in a person's name. */
export function requireOwnPage(call: Call): void {
  if (call.req.header('origin') !== env().appUrl) throw fault(403, 'This form comes from another site.');
}
