import { listScopes, type Scope, updateScope } from '#lib/scopes/index';
import { registryCommand } from './act.ts';
import { required, type Typed, UsageError } from './command.ts';

export const scopeCommands = [
  registryCommand('scope list', async ({ db }) => ({ scopes: (await listScopes(db)).map(writeScope) })),
  registryCommand('scope update --name N [--advertised yes|no] [--open yes|no]', async (ctx, typed) => {
    const [advertised, openToStrangers] = [readYesOrNo(typed, 'advertised'), readYesOrNo(typed, 'open')];
    if (advertised === undefined && openToStrangers === undefined) throw new UsageError('Say what changes.');
    const changes = {
      ...(advertised !== undefined && { advertised }),
      ...(openToStrangers !== undefined && { openToStrangers }),
    };
    return writeScope(await updateScope(ctx, required(typed, 'name'), changes));
  }),
];

const writeScope = ({ name, access, sensitivity, advertised, openToStrangers: open }: Scope) => ({
  name,
  access,
  sensitivity,
  advertised,
  open,
});

function readYesOrNo({ texts }: Typed, option: string): boolean | undefined {
  const text = texts[option];
  if (text === undefined) return undefined;
  if (text !== 'yes' && text !== 'no') throw new UsageError(`--${option} is yes or no.`);
  return text === 'yes';
}
