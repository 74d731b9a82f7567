import { createUser, setPassword } from '#lib/users/index';
import { registryCommand } from './act.ts';
import { required } from './command.ts';

export const userCommands = [
  registryCommand('user create --email E --password P [--name N] [--admin]', async (ctx, typed) => {
    const { id, email, organization } = await createUser(ctx, {
      email: required(typed, 'email'),
      password: required(typed, 'password'),
      name: typed.texts.name,
      isOperator: typed.flags.has('admin'),
      emailVerified: true,
    });
    return { id, email, organization };
  }),

  registryCommand('user password --email E --password P', async (ctx, typed) => {
    const email = required(typed, 'email');
    await setPassword(ctx, { email, password: required(typed, 'password') });
    return { email };
  }),
];
