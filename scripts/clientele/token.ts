import { getPersonalOrganization } from '#lib/organizations/index';
import { createInitialAccessToken, revokeInitialAccessToken } from '#lib/registrations/index';
import { createToken } from '#lib/tokens/index';
import { getUserByEmail } from '#lib/users/index';
import { registryCommand } from './act.ts';
import { required, UsageError } from './command.ts';

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** Reads a duration (`30d`, `12h`, `90m` …). Returns seconds. */
export function readDuration(text: string): number {
  const [, count, unit] = /^([1-9][0-9]{0,8})([smhdwy])$/.exec(text) ?? [];
  const seconds = unitSeconds[unit ?? ''];
  if (!count || !seconds)
    throw new UsageError(`--expires-in ${text} is not a duration: write a number and s, m, h, d, w or y, like 30d.`);
  return Number(count) * seconds;
}

export const tokenCommands = [
  registryCommand(
    'token create --email E --scopes "a b" [--organization ID] [--expires-in 30d]',
    async (ctx, typed) => {
      const expiresIn = typed.texts['expires-in'];
      const expiresInSeconds = expiresIn === undefined ? undefined : readDuration(expiresIn);
      const user = await getUserByEmail(ctx, required(typed, 'email'));
      const organizationId = typed.texts.organization ?? (await getPersonalOrganization(ctx, user.id)).id;
      const { token, value } = await createToken(ctx, {
        organizationId,
        userId: user.id,
        name: 'Made on the command line',
        scopes: required(typed, 'scopes')
          .split(/[\s,]+/)
          .filter(Boolean),
        ...(expiresInSeconds !== undefined && { expiresInSeconds }),
      });
      return { token: value, scopes: token.scopes, organization: token.organizationId };
    },
  ),
];

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
