import { createInitialAccessToken, revokeInitialAccessToken } from '#lib/registrations/index';
import { registryCommand } from './act.ts';
import { required } from './command.ts';
import { readDuration } from './token.ts';

export const registrationTokenCommands = [
  registryCommand(
    'registration-token create --organization ID [--uses N] [--expires-in 30d]',
    async (ctx, { texts, ...typed }) => {
      const { token, value } = await createInitialAccessToken(ctx, {
        organizationId: required({ texts, ...typed }, 'organization'),
        expiresInSeconds: readDuration(texts['expires-in'] ?? '30d'),
        ...(texts.uses !== undefined && { uses: Number(texts.uses) }),
      });
      const { id, organizationId, usesLeft: uses, expiresAt } = token;
      return { token: value, id, organization: organizationId, uses, expiresAt };
    },
  ),
  registryCommand('registration-token revoke --id ID', async (ctx, typed) => {
    const id = required(typed, 'id');
    await revokeInitialAccessToken(ctx, id);
    return { id, revoked: true };
  }),
];
