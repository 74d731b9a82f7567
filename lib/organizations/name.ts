import { checkedName } from '../checked-name.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { reservedMessage, reservedNameIn } from '../names/index.ts';

/**
 * The name of an organization as it is stored. It is the publisher that people read on pages of its apps, so rule M11's reserved
 * names hold for it too, except for the operator. @throws invalid_metadata
 */
export function organizationName({ actor }: Context, raw: string): string {
  const name = checkedName(raw);
  const isOperator = actor.kind === 'command_line' || (actor.kind === 'person' && actor.isOperator && !actor.token);
  const reserved = isOperator ? undefined : reservedNameIn(name);
  if (reserved === undefined) return name;
  const message = reservedMessage(reserved);
  throw new RegistryError('invalid_metadata', message, { issues: [{ field: 'name', rule: 'M11', message }] });
}
