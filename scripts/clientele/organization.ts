import { createOrganization } from '#lib/organizations/index';
import { getUserByEmail } from '#lib/users/index';
import { registryCommand } from './act.ts';
import { required } from './command.ts';

export const organizationCommands = [
  registryCommand('organization create --email E --name N [--parent ID]', async (ctx, typed) => {
    const owner = await getUserByEmail(ctx, required(typed, 'email'));
    const { id, number, externalId, name } = await createOrganization(ctx, {
      name: required(typed, 'name'),
      ownerId: owner.id,
      parentId: typed.texts.parent ?? null,
    });
    return { id, number, externalId, name };
  }),
];
