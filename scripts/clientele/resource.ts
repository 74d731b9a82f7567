import { createResource, listResources, removeResource } from '#lib/resources/index';
import { registryCommand } from './act.ts';
import { required, type Typed, UsageError } from './command.ts';
import { readDuration } from './token.ts';

export const resourceCommands = [
  registryCommand(
    'resource create --uri URI --name N --scopes "a b" [--format opaque|jwt] [--expires-in 5m] [--client ID]',
    async (ctx, typed) => {
      const { 'expires-in': expiresIn, client } = typed.texts;
      const { createdAt: _at, ...resource } = await createResource(ctx, {
        uri: required(typed, 'uri'),
        name: required(typed, 'name'),
        scopes: required(typed, 'scopes')
          .split(/[\s,]+/)
          .filter(Boolean),
        accessTokenFormat: readFormat(typed),
        ...(expiresIn !== undefined && { lifetimeSeconds: readDuration(expiresIn) }),
        ...(client !== undefined && { introspectedBy: client }),
      });
      return resource;
    },
  ),
  registryCommand('resource list', async (ctx) => ({ resources: await listResources(ctx) })),
  registryCommand('resource remove --uri URI', async (ctx, typed) => {
    const uri = required(typed, 'uri');
    await removeResource(ctx, uri);
    return { uri, removed: true };
  }),
];

function readFormat({ texts: { format = 'opaque' } }: Typed) {
  if (format === 'opaque' || format === 'jwt') return format;
  throw new UsageError('--format is opaque or jwt.');
}
