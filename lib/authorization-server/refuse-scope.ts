import { errors } from 'oidc-provider';
import { database } from '../database.ts';
import { describeScopes } from '../scopes/index.ts';
import { inDescription } from './refuse-target.ts';

/** Why a client that asks for a scope cannot have it: there is none, it is retired, or not registered. */
export async function noSuchScope(name: string, asked: string = name): Promise<errors.InvalidScope> {
  const [scope] = await describeScopes(database(), [name]);
  const named = inDescription(name);
  return new errors.InvalidScope(
    !scope
      ? `there is no scope ${named} here`
      : scope.retiredAt
        ? `the scope ${named} is retired`
        : `the scope ${named} is not registered for this client`,
    asked,
  );
}
