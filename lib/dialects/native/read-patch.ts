import type { z } from 'zod';
import type { Client, ClientPatch } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { tableOf } from '#lib/table';
import { mergePatch } from './merge-patch.ts';
import { readMembers } from './read-new.ts';
import type { patchWire } from './wire.ts';
import { writeSettings } from './write-one.ts';

type Patch = ClientPatch & { productId?: number | null };

/** What a member is once it was taken away. */
const without = tableOf<unknown>({
  description: '',
  scope: '',
  optional_scopes: [],
  redirect_uris: [],
  post_logout_redirect_uris: [],
  allowed_origins: [],
  contacts: [],
  default_acr_values: [],
  localized: {},
});

/**
 * What a merge patch makes of a client: the members that it names, objects among them merged with what is there. `misread` is what of
 * it could not be read; it is thrown together with what only the merging shows to be wrong.
 */
export function readPatch(body: z.output<typeof patchWire>, misread: readonly Issue[] = []): (before: Client) => Patch {
  const { product_id: productId, ...patch } = body;
  return (before) => {
    const settings = new Map<string, unknown>(Object.entries(writeSettings(before)));
    const members = Object.entries(patch)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, unknown] => [
        name,
        value === null ? (without(name) ?? null) : mergePatch(settings.get(name), value),
      ]);
    return { ...readMembers(new Map(members), misread), ...(productId !== undefined && { productId }) };
  };
}
