'use server';

import type { FormState } from '#lib/forms';
import { lines } from '../../read-form.ts';
import { loadClient } from '../load.ts';
import { saveClient } from '../save.ts';

export async function savePermissions(clientId: string, _state: FormState, form: FormData): Promise<FormState> {
  const { client } = await loadClient(clientId, '/permissions');
  const chosen = [...new Set(lines(form, 'scopes'))];
  return saveClient(clientId, form, {
    path: '/permissions',
    patch: { scopes: inOrderOf(client.scopes, chosen) },
    show: ({ scopes }) => ({ scopes: inOrderOf(chosen, scopes) }),
  });
}

/** A set in the order of another, what is new last: an order alone is no change. */
const inOrderOf = (order: readonly string[], set: readonly string[]) => [
  ...order.filter((one) => set.includes(one)),
  ...set.filter((one) => !order.includes(one)),
];
