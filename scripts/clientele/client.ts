import { markFirstParty, suspendClient, unsuspendClient } from '#lib/clients/index';
import { registryCommand } from './act.ts';
import { required, UsageError } from './command.ts';

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
  registryCommand('client first-party --client ID [--yes] [--no]', async (ctx, typed) => {
    const clientId = required(typed, 'client');
    if (typed.flags.has('yes') === typed.flags.has('no')) throw new UsageError('Say --yes or --no.');
    return { clientId, ...(await markFirstParty(ctx, clientId, typed.flags.has('yes'))) };
  }),
];
