import { suspendClient, unsuspendClient } from '#lib/clients/index';
import { registryCommand } from './act.ts';
import { required } from './command.ts';

export const clientCommands = [
  registryCommand('client suspend --client ID [--reason T]', async (ctx, typed) => {
    const clientId = required(typed, 'client');
    const { reason } = typed.texts;
    return { clientId, ...(await suspendClient(ctx, clientId, reason === undefined ? {} : { reason })) };
  }),
  registryCommand('client unsuspend --client ID', async (ctx, typed) => {
    const clientId = required(typed, 'client');
    return { clientId, ...(await unsuspendClient(ctx, clientId)) };
  }),
];
