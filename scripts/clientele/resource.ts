import {
  createResource,
  getResource,
  listResources,
  removeResource,
  type UpdateResource,
  updateResource,
} from '#lib/resources/index';
import { registryCommand } from './act.ts';
import { required, type Typed, UsageError } from './command.ts';
import { readDuration } from './token.ts';

export const resourceCommands = [
  registryCommand(
    'resource create --uri URI --name N --scopes "a b" [--format opaque|jwt] [--expires-in 5m] [--client ID] [--default]',
    async (ctx, typed) => {
      const { 'expires-in': expiresIn, client } = typed.texts;
      const { createdAt: _at, ...resource } = await createResource(ctx, {
        uri: required(typed, 'uri'),
        name: required(typed, 'name'),
        scopes: namesIn(required(typed, 'scopes')),
        accessTokenFormat: readFormat(typed.texts.format ?? 'opaque'),
        ...(expiresIn !== undefined && { lifetimeSeconds: readDuration(expiresIn) }),
        ...(client !== undefined && { introspectedBy: client }),
        isDefault: typed.flags.has('default'),
      });
      return resource;
    },
  ),
  registryCommand(
    'resource update --uri URI [--name N] [--scopes "a b"] [--format opaque|jwt] [--expires-in 5m|none] [--client ID|none] [--default] [--no-default]',
    async (ctx, typed) => {
      const { createdAt: _at, ...resource } = await updateResource(ctx, required(typed, 'uri'), readChanges(typed));
      return resource;
    },
  ),
  registryCommand('resource show --uri URI', async (ctx, typed) => getResource(ctx, required(typed, 'uri'))),
  registryCommand('resource list', async (ctx) => ({ resources: await listResources(ctx) })),
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
    ...(client !== undefined && { introspectedBy: client === 'none' ? null : client }),
    ...(flags.has('default') && { isDefault: true }),
    ...(flags.has('no-default') && { isDefault: false }),
  };
  if (Object.keys(changes).length === 0) throw new UsageError('Say what changes.');
  return changes;
}

const namesIn = (text: string) => text.split(/[\s,]+/).filter(Boolean);

function readFormat(format: string): 'opaque' | 'jwt' {
  if (format === 'opaque' || format === 'jwt') return format;
  throw new UsageError('--format is opaque or jwt.');
}
