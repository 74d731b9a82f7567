'use server';

import { findOwnedClient } from '#lib/clients/index';
import { formAction } from '#lib/portal/action';
import type { FormState } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';
import { saveClient } from '../save.ts';
import { readPermissions } from './permission.ts';

export const savePermissions = formAction(async (clientId: string, _state: FormState, form: FormData) => {
  const path = '/permissions';
  const client = await findOwnedClient(
    await requireContext(`/clients/${encodeURIComponent(clientId)}${path}`),
    clientId,
  );
  const { scopes: chosen, optionalScopes: optional } = readPermissions(form);
  return saveClient(clientId, form, {
    path,
    patch: {
      scopes: inOrderOf(client?.scopes ?? [], chosen),
      optionalScopes: inOrderOf(client?.optionalScopes ?? [], optional),
    },
    show: ({ scopes, optionalScopes }) => ({
      scopes: inOrderOf(chosen, scopes),
      optionalScopes: inOrderOf(optional, optionalScopes),
    }),
  });
});

/** Returns a set in the order of another one, with new items last, so that the order alone is not a change. */
const inOrderOf = (order: readonly string[], set: readonly string[]) => [
  ...order.filter((one) => set.includes(one)),
  ...set.filter((one) => !order.includes(one)),
];
