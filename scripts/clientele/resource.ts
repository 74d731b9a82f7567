import { env } from '#lib/kernel/env';
import {
  createResource,
  getResource,
  listResources,
  type Resource,
  removeResource,
  type UpdateResource,
  updateResource,
} from '#lib/resources/index';
import { registryCommand } from './act.ts';
import { namesIn, readChoice, required, type Typed, UsageError } from './command.ts';
import { readDuration } from './token.ts';

export const resourceCommands = [
  registryCommand(
    'resource create --uri URI --name N --scopes "a b" [--format opaque|jwt] [--expires-in 5m] [--client "ID ID"] [--default]',
    async (ctx, typed) => {
      const { 'expires-in': expiresIn, client } = typed.texts;
      const resource = await createResource(ctx, {
        uri: required(typed, 'uri'),
        name: required(typed, 'name'),
        scopes: namesIn(required(typed, 'scopes')),
        accessTokenFormat: readFormat(typed.texts.format ?? 'opaque'),
        ...(expiresIn !== undefined && { lifetimeSeconds: readDuration(expiresIn) }),
        ...(client !== undefined && { introspectedBy: namesIn(client) }),
        isDefault: typed.flags.has('default'),
      });
      return shown(resource);
    },
  ),
  registryCommand(
    'resource update --uri URI [--name N] [--scopes "a b"] [--format opaque|jwt] [--expires-in 5m|none] [--client "ID ID"|none] [--default] [--no-default]',
    async (ctx, typed) => shown(await updateResource(ctx, required(typed, 'uri'), readChanges(typed))),
  ),
  registryCommand('resource show --uri URI', async (ctx, typed) =>
    shown(await getResource(ctx, required(typed, 'uri'))),
  ),
  registryCommand('resource list', async (ctx) => ({ resources: (await listResources(ctx)).map(shown) })),
  registryCommand('resource remove --uri URI', async (ctx, typed) => {
    const uri = required(typed, 'uri');
    await removeResource(ctx, uri);
    return { uri, removed: true };
  }),
];

/** Reads the changes: only the given options; `none` removes a lifetime or a client. */
function readChanges({ texts, flags }: Typed): UpdateResource {
  const { name, scopes, format, 'expires-in': expiresIn, client } = texts;
  if (flags.has('default') && flags.has('no-default')) throw new UsageError('Say --default or --no-default.');
  const changes = {
    ...(name !== undefined && { name }),
    ...(scopes !== undefined && { scopes: namesIn(scopes) }),
    ...(format !== undefined && { accessTokenFormat: readFormat(format) }),
    ...(expiresIn !== undefined && { lifetimeSeconds: expiresIn === 'none' ? null : readDuration(expiresIn) }),
    ...(client !== undefined && { introspectedBy: client === 'none' ? [] : namesIn(client) }),
    ...(flags.has('default') && { isDefault: true }),
    ...(flags.has('no-default') && { isDefault: false }),
  };
  if (Object.keys(changes).length === 0) throw new UsageError('Say what changes.');
  return changes;
}

const readFormat = (format: string) => readChoice('format', format, ['opaque', 'jwt'] as const);

/** `introspectedBy` stays one client, as programs know it; `clients` names all. */
const shown = ({ introspectedBy, ...resource }: Resource) => ({
  ...resource,
  introspectedBy: introspectedBy[0] ?? null,
  clients: introspectedBy,
  jwksUri: resource.accessTokenFormat === 'jwt' ? `${env().appUrl}/oauth/jwks` : null,
});
