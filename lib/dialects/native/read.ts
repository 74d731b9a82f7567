import type { z } from 'zod';
import {
  type Client,
  type ClientMetadata,
  type ClientPatch,
  type NewClient,
  readMetadata,
  readScopeString,
} from '#lib/clients/rules';
import { type Issue, RegistryError } from '#lib/kernel/errors';
import { clientNames } from './fields.ts';
import { without, writeSettings } from './members.ts';
import type { clientQuery, cloneWire, newClientWire, patchWire } from './wire.ts';

export type ReadNew = { metadata: NewClient; productId: number | null | undefined };

/** A client to be created; what could not be read of it is not there. */
export function readNew(body: Partial<z.output<typeof newClientWire>>): ReadNew {
  const { product_id: productId, ...members } = body;
  const { client_name: name = '' } = body;
  return { metadata: { ...readMembers(new Map(Object.entries(members))), name }, productId };
}

/** What a clone has of its own. */
export function readClone({ client_name: name, environment }: z.output<typeof cloneWire>) {
  return { ...(name !== undefined && { name }), ...(environment !== undefined && { environment }) };
}

/** Members in this API's names as the domain's; those that are not there are left out. Throws what is wrong with them, and `misread`. */
export function readMembers(
  members: ReadonlyMap<string, unknown>,
  misread: readonly Issue[] = [],
): Partial<ClientMetadata> {
  const fields = Object.entries(clientNames).flatMap(([field, wire]) =>
    members.has(wire) ? [[field, readValue(field, members.get(wire))] as const] : [],
  );
  const { metadata, issues } = readMetadata(Object.fromEntries(fields), 'refused');
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues: [...misread, ...issues] });
  return metadata;
}

/** A value in this API's form as the domain has it; one of another type stays as it is. */
export function readValue(field: string, value: unknown): unknown {
  if (field === 'scopes' && typeof value === 'string') return readScopeString(value);
  if (field !== 'localized' || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([tag, texts]) => [tag, readTexts(texts)]));
}

const textNames = Object.entries(clientNames);

function readTexts(texts: object): object {
  return Object.fromEntries(
    Object.entries(texts).map(([wire, text]) => [textNames.find(([, name]) => name === wire)?.[0] ?? wire, text]),
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396: what the patch names replaces what was there, null takes it away, and objects are merged member by member. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map<string, unknown>(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

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

const sorts = { '-created_at': 'created', client_name: 'name', '-last_used_at': 'lastUsed' } as const;

/** Which clients are asked for, in which order. */
export function readFilter(query: z.output<typeof clientQuery>) {
  return {
    sort: sorts[query.sort],
    limit: query.limit,
    cursor: query.cursor,
    filter: {
      applicationType: query.application_type,
      environment: query.environment,
      grantType: query.grant_type,
      status: query.status,
      verified: query.verified,
      provenance: query.provenance,
      clientType: query.client_type,
      productId: query.product_id,
      createdBy: query.created_by,
      clientIds: query.client_id?.map((id) => id.toLowerCase()),
      name: query.client_name,
      nameContains: query.client_name_contains,
    },
  };
}
