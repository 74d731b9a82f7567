import { readScopeString } from '#lib/clients/rules';
import { type Place, readCursor, writeCursor } from '#lib/cursors/index';
import {
  type platformResourceOperations,
  type platformScopeOperations,
  readResourceFields,
  readScopeFields,
  writeImported,
  writePlatformScope,
  writeResource,
  writeScopeUse,
} from '#lib/dialects/native/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';
import {
  addScopeToResource,
  createResource,
  getResource,
  listResources,
  type Resource,
  removeResource,
  updateResource,
} from '#lib/resources/index';
import {
  createScope,
  getScope,
  importScopes,
  listCatalogue,
  restoreScope,
  retireScope,
  type Scope,
  updateScope,
} from '#lib/scopes/index';
import type { Call } from '../api.ts';
import { type Handlers, invalidCursor } from './handler.ts';
import { readIfMatch } from './read.ts';

export const platformScopes: Handlers<typeof platformScopeOperations> = {
  async listPlatformScopes({ ctx, query: { limit, cursor, retired } }) {
    const scopes = await listCatalogue(ctx, { retired });
    const list = ['platform scopes', retired];
    const { items, next_cursor } = pageOf(scopes, (one) => [one.position, one.name], { list, limit, cursor });
    const resources = await listResources(ctx);
    return { body: { items: items.map((one) => writePlatformScope(one, resources)), next_cursor } };
  },

  async createScope({ ctx, body: { resource, name, texts, ...sent } }) {
    const scope = await inTransaction(ctx, async (tx) => {
      const made = await createScope(tx, { ...readScopeFields(sent), name, texts });
      if (resource !== undefined) await addScopeToResource(tx, resource, name);
      return made;
    });
    const location = `/api/v1/platform/scopes/${encodeURIComponent(name)}`;
    const { body, headers } = await shownScope(ctx, scope, resource === undefined ? [] : [resource]);
    return { body, headers: { ...headers, location } };
  },

  async getPlatformScope({ ctx, params }) {
    const { use, ...scope } = await getScope(ctx, params.scope_name);
    const { body, headers } = await shownScope(ctx, scope);
    return { body: { ...body, ...writeScopeUse(use) }, headers };
  },

  async updateScope({ ctx, call, params: { scope_name: name }, body }) {
    const { resource, texts, new_name: newName, old_until: oldUntil, ...sent } = body;
    if ((newName === undefined) !== (oldUntil === undefined)) throw halfARename(newName === undefined);
    const rename = newName !== undefined && oldUntil !== undefined ? { name: newName, until: oldUntil } : undefined;
    const on = await madeOnScope(ctx, call, name);
    const change = { ...readScopeFields(sent), texts, rename };
    if (resource === undefined) return shownScope(ctx, await updateScope(ctx, name, change, on));
    const scope = await inTransaction(ctx, async (tx) => {
      const changed = await updateScope(tx, name, change, on);
      await addScopeToResource(tx, resource, changed.name);
      return changed;
    });
    return shownScope(ctx, scope, [resource]);
  },

  async retireScope({ ctx, call, params: { scope_name: name }, body }) {
    const on = await madeOnScope(ctx, call, name);
    const { use, mails, ...scope } = await retireScope(ctx, name, { on: body.on, ...on });
    const { body: shown, headers } = await shownScope(ctx, scope);
    return { body: { ...shown, ...writeScopeUse(use), mails }, headers };
  },

  async restoreScope({ ctx, call, params: { scope_name: name } }) {
    return shownScope(ctx, await restoreScope(ctx, name, await madeOnScope(ctx, call, name)));
  },

  async importScopes({ ctx, body: { document, group, dry_run: dryRun } }) {
    return { body: writeImported(await importScopes(ctx, document, { group, dryRun }), dryRun) };
  },
};

export const platformResources: Handlers<typeof platformResourceOperations> = {
  async listResources({ ctx, query: { limit, cursor } }) {
    const all = await listResources(ctx);
    const { items, next_cursor } = pageOf(all, ({ uri }) => [uri], { list: ['platform resources'], limit, cursor });
    return { body: { items: items.map((one) => writeResource(one, env().appUrl)), next_cursor } };
  },

  async createResource({ ctx, body: { uri, name, scope, ...sent } }) {
    const fields = { uri, name, scopes: readScopeString(scope), ...readResourceFields(sent) };
    const { body, headers } = shownResource(await createResource(ctx, fields));
    return { body, headers: { ...headers, location: `/api/v1/platform/resources/${encodeURIComponent(body.uri)}` } };
  },

  async getResource({ ctx, params }) {
    return shownResource(await getResource(ctx, params.resource_uri));
  },

  async updateResource({ ctx, call, params: { resource_uri: uri }, body: { name, scope, ...sent } }) {
    const on = await readIfMatch(call, async () => (await getResource(ctx, uri)).version);
    const scopes = scope === undefined ? undefined : readScopeString(scope);
    return shownResource(await updateResource(ctx, uri, { name, scopes, ...readResourceFields(sent) }, on));
  },

  async deleteResource({ ctx, call, params: { resource_uri: uri } }) {
    await removeResource(ctx, uri, await readIfMatch(call, async () => (await getResource(ctx, uri)).version));
    return { body: undefined };
  },
};

const madeOnScope = (ctx: Context, call: Call, name: string) =>
  readIfMatch(call, async () => (await getScope(ctx, name)).version);

/** `added`: resources that offer it since this request, perhaps not in the cache yet. */
async function shownScope(ctx: Context, scope: Scope, added: readonly string[] = []) {
  const { resources, ...written } = writePlatformScope(scope, await listResources(ctx));
  const body = { ...written, resources: [...new Set([...resources, ...added])] };
  return { body, headers: { etag: `"${scope.version}"` } };
}

const shownResource = (resource: Resource) => ({
  body: writeResource(resource, env().appUrl),
  headers: { etag: `"${resource.version}"` },
});

/** A page of a list in memory, ordered by its places. A cursor is the place of the last item before the page. */
function pageOf<T>(
  all: readonly T[],
  placeOf: (one: T) => Place,
  { list, limit, cursor }: { list: (string | boolean)[]; limit: number; cursor: string | undefined },
) {
  const after = cursor === undefined ? undefined : readCursor(cursor, list);
  if (cursor !== undefined && !after) throw invalidCursor();
  const rest = after ? all.filter((one) => isAfter(placeOf(one), after)) : all;
  const items = rest.slice(0, limit);
  const last = rest.length > limit ? items.at(-1) : undefined;
  return { items, next_cursor: last ? writeCursor(placeOf(last), list) : null };
}

function isAfter(place: Place, after: Place): boolean {
  const at = place.findIndex((part, index) => part !== after[index]);
  return at >= 0 && (place[at] as string) > (after[at] as string);
}

function halfARename(hasDate: boolean): RegistryError {
  const [field, message] = hasDate
    ? ['newName', 'Send it with old_until: it is the new name.']
    : ['oldUntil', 'Send it with new_name: until when requests may use the former name.'];
  return new RegistryError('invalid_metadata', message, { issues: [{ field, rule: 'required', message }] });
}
