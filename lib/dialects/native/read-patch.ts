import type { z } from 'zod';
import type { Client, ClientPatch } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { without, writeSettings } from './members.ts';
import { mergePatch } from './merge-patch.ts';
import { readMembers } from './read-new.ts';
import type { patchWire } from './wire.ts';

type Patch = ClientPatch & { productId?: number | null };

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
        value === null ? without(name) : mergePatch(settings.get(name), value),
      ]);
    return { ...readMembers(new Map(members), misread), ...(productId !== undefined && { productId }) };
  };
}
