import { type Context, inTransaction } from '#lib/kernel/context';
import type { Issue } from '#lib/kernel/errors';
import type { Environment } from './client.ts';
import { type CreatedClient, createClient } from './create.ts';
import { getOwnedClient } from './find.ts';
import { fieldsOf } from './rules/fields.ts';
import { nameLengthMax } from './rules/name.ts';

export type CloneClient = {
  /** `… (copy)` when it is left out. */
  name?: string;
  /** Another environment, which a client cannot change to later. */
  environment?: Environment;
  /** What the caller found wrong: thrown among the rest. */
  found?: readonly Issue[];
};

/**
 * Registers another client of the same organization and product with the same settings and logo: an id and secrets of its own,
 * no managers, no grants, nothing that the operator decided. Throws as `createClient`: what the source was allowed by another channel may be refused here.
 */
export function cloneClient(ctx: Context, clientId: string, input: CloneClient = {}): Promise<CreatedClient> {
  return inTransaction(ctx, async (tx) => {
    const source = await getOwnedClient(tx, clientId, { lock: true });
    const { organizationId, productId } = source;
    const { name = copyOf(source.name), environment = source.environment, found } = input;
    const metadata = { ...fieldsOf(source), name, environment };
    return createClient(tx, { organizationId, productId, metadata, clonedFrom: source, ...(found && { found }) });
  });
}

function copyOf(name: string): string {
  const ending = ' (copy)';
  return [...name].slice(0, nameLengthMax - ending.length).join('') + ending;
}
