import { tableOf } from '#lib/kernel/table';
import type { ResourceOffer } from '#lib/resources/index';
import type { Scope } from '#lib/scopes/index';
import { lines } from '../../read-form.ts';

/** A scope of the catalogue, as the page shows it. */
export type Permission = Pick<Scope, 'name' | 'group' | 'access' | 'sensitivity'> & {
  title: string;
  description: string;
  retired: boolean;
  /** The URIs of the APIs that offer it. */
  resources: string[];
};

export type PermissionGroup = { group: string; permissions: Permission[] };

export function toPermission(scope: Scope, offers: readonly ResourceOffer[] = []): Permission {
  const { name, group, access, sensitivity, texts, retiredAt } = scope;
  const { title, description } = forDevelopers(name) ?? texts.en ?? { title: name, description: '' };
  const resources = offers.filter(({ scopes }) => scopes.includes(name)).map(({ uri }) => uri);
  return {
    name,
    group,
    access,
    sensitivity,
    title,
    description,
    retired: retiredAt !== null && retiredAt <= new Date(),
    resources,
  };
}

/** Texts for developers, in addition to the texts that people read. */
const forDevelopers = tableOf({
  offline_access: {
    title: 'Keep access after the person signs out',
    description:
      'The app gets a refresh token without it too. If it asks for openid, that token ends when the person signs out; with offline_access and prompt=consent it works until they end the access.',
  },
});

/** Adds the scope's name to titles that are equal. */
export function distinct(permissions: readonly Permission[]): Permission[] {
  const titles = Map.groupBy(permissions, ({ title }) => title);
  return permissions.map((one) =>
    (titles.get(one.title)?.length ?? 0) > 1 ? { ...one, title: `${one.title} (${one.name})` } : one,
  );
}

/** Reads the form. The optional mark of an unchecked permission is ignored. */
export function readPermissions(form: FormData): { scopes: string[]; optionalScopes: string[] } {
  const scopes = [...new Set(lines(form, 'scopes'))];
  return { scopes, optionalScopes: lines(form, 'optionalScopes').filter((scope) => scopes.includes(scope)) };
}

/** Groups permissions, in the order of their first member. */
export function groupPermissions(permissions: readonly Permission[]): PermissionGroup[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions)
    groups.set(permission.group, [...(groups.get(permission.group) ?? []), permission]);
  return [...groups].map(([group, members]) => ({ group, permissions: members }));
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Whether each word of the search begins a word of the permission's texts. */
export function matches({ name, group, title, description }: Permission, search: string): boolean {
  const words = wordsOf(`${name} ${group} ${title} ${description}`);
  return wordsOf(search).every((start) => words.some((word) => word.startsWith(start)));
}

/** Returns the read scopes of the group that are not checked although a write scope is. */
export function readsMissing({ permissions }: PermissionGroup, chosen: ReadonlySet<string>): Permission[] {
  const writes = permissions.some(({ access, name }) => access === 'write' && chosen.has(name));
  if (!writes) return [];
  const reads = permissions.filter(({ access }) => access === 'read');
  return reads.some(({ name }) => chosen.has(name)) ? [] : reads.filter(({ retired }) => !retired);
}
