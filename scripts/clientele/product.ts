import { createProduct } from '#lib/products/index';
import { registryCommand } from './act.ts';
import { required } from './command.ts';

export const productCommands = [
  registryCommand('product create --organization ID --name N [--slug S]', async (ctx, typed) => {
    const { id, slug } = await createProduct(ctx, {
      organizationId: required(typed, 'organization'),
      name: required(typed, 'name'),
      slug: typed.texts.slug,
    });
    return { id, slug };
  }),
];
