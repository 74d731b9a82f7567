import type { z } from 'zod';
import { type ClientMetadata, type NewClient, readMetadata, readScopeString } from '#lib/clients/rules';
import { type Issue, RegistryError } from '#lib/errors';
import { clientNames } from './fields.ts';
import type { cloneWire, newClientWire } from './wire.ts';

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
