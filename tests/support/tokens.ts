import { createToken } from '#lib/tokens/index';
import { anOwner, type Someone } from './actors.ts';
import { db } from './database.ts';

/** A token of that person with its value; `clients:read` by default. */
export async function aToken(someone: Someone, organizationId: string, input: object = {}) {
  const made = await createToken(someone, { organizationId, name: 'CI', scopes: ['clients:read'], ...input });
  if (!made.value) throw new Error('no value');
  return { token: made.token, value: made.value };
}

/** A token of an owner in a new organization. */
export async function anOwnersToken(input: object = {}) {
  const { owner, organizationId } = await anOwner(db);
  return { owner, organizationId, ...(await aToken(owner, organizationId, input)) };
}
