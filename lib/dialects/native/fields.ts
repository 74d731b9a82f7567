import { type FieldName, pathOfUnknown } from '#lib/clients/rules';
import { tableOf } from '#lib/kernel/table';
import { members } from './members.ts';

/** This API's names for the domain's fields. */
export const clientNames = Object.fromEntries(
  Object.entries(members).map(([field, { name }]) => [field, name]),
) as Readonly<Record<FieldName, string>>;

/** Names that are not the snake_case form of the domain's name. */
const otherNames = tableOf({
  scopes: 'scope',
  overlap: 'overlap_seconds',
  openToStrangers: 'self_registered',
  namedClients: 'clients',
  isDefault: 'default',
  idempotencyKey: '@Idempotency-Key',
});

const clientName = tableOf<string>(clientNames);

export type Naming = 'client' | 'plain';

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Translates a domain field's name to this API's name; a name in this API's form stays. */
export function wireName(name: string, naming: Naming): string {
  return (naming === 'client' ? clientName(name) : undefined) ?? otherNames(name) ?? snake(name);
}

/** `localized.de.name` → `localized.de.client_name`. An index in the list of scopes is dropped, because `scope` is one text here. */
export function wirePath(path: string, naming: Naming): string {
  if (pathOfUnknown(path)) return path;
  const [first = '', ...rest] = path.split('.');
  const name = wireName(first, naming);
  if (name === 'scope') return name;
  const inner = first === 'localized' ? rest.map((part, at) => (at === 0 ? part : wireName(part, naming))) : rest;
  return [name, ...inner].join('.');
}

/** RFC 6901 §6: a path in a body, escaped as a JSON Pointer and then as a URI fragment. */
export const pointerOf = (path: readonly string[]): string =>
  `#${path.map((part) => `/${encodeURIComponent(part.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;
