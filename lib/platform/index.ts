import type { Person } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { forbidden } from '#lib/kernel/errors';
import { type PlatformRole, type PlatformVerb, platformVerb } from './rules.ts';

/**
 * Checks the actor against the verb's row: the command line, or a person with one of its roles, by a session or by an API token with
 * `platform:write` (`platform:read` is enough to read).
 *
 * @throws forbidden: the actor may not
 */
export function requirePlatform({ actor }: Context, verb: PlatformVerb): void {
  if (actor.kind === 'command_line') return;
  const { may, reads = false } = platformVerb(verb);
  const role = actor.kind === 'person' ? roleOf(actor) : undefined;
  if (actor.kind !== 'person' || !role || !may.includes(role))
    throw forbidden('Only an operator of the platform may do this.');
  const { token } = actor;
  if (!token) return;
  const enough = token.scopes.includes('platform:write') || (reads && token.scopes.includes('platform:read'));
  // Access tokens have no id: no client acts on the platform.
  if (token.id === undefined || !enough)
    throw forbidden(`This takes a session, or an API token with platform:${reads ? 'read' : 'write'}.`);
}

const roleOf = ({ isOperator }: Person): PlatformRole | undefined => (isOperator ? 'operator' : undefined);
