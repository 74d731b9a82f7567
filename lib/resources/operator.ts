import type { Context } from '../context.ts';
import { forbidden } from '../errors.ts';

/** Which APIs there are is the operator's to say: on the command line, or signed in. */
export function requireOperator({ actor }: Context): void {
  if (actor.kind === 'command_line' || (actor.kind === 'person' && actor.isOperator && !actor.token)) return;
  throw forbidden('Only the operator keeps the list of resources.');
}
