import { organizationsOf } from '../access.ts';
import type { Context } from '../context.ts';

/** The organizations that the actor may name; an operator's session and the command line may name any. */
export function reachOf({ actor }: Context): readonly string[] | 'all' {
  if (actor.kind === 'command_line') return 'all';
  if (actor.kind === 'person' && actor.isOperator && !actor.token) return 'all';
  return organizationsOf(actor);
}
