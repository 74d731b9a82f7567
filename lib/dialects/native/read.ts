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

/** Reads a new client; unreadable members are missing. */
export function readNew(body: Partial<z.output<typeof newClientWire>>): ReadNew {
  const { product_id: productId, ...members } = body;
  const { client_name: name = '' } = body;
  return { metadata: { ...readMembers(new Map(Object.entries(members))), name }, productId };
}

/** Reads the name and environment of a clone. */
export function readClone({ client_name: name, environment }: z.output<typeof cloneWire>) {
  return { ...(name !== undefined && { name }), ...(environment !== undefined && { environment }) };
}

/** Translates members to the domain's names; missing ones are omitted. @throws invalid_metadata: with their issues and `misread` */
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

/** Converts a wire value to the domain's form; a value of a wrong type is returned unchanged. */
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

/** RFC 7396: a member of the patch replaces the target's, null removes it, and objects are merged recursively. */
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
 * Reads a merge patch: returns a function from the stored client to the changed fields; objects are merged with the stored ones.
 * `misread` has the issues of unreadable members; they are thrown together with the issues of the merged result.
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

/** Reads the filter and the order of a list of clients. */
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
