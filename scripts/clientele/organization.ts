import { listDomains, removeDomain, verifyDomain } from '#lib/domains/index';
import { createOrganization } from '#lib/organizations/index';
import { createProduct } from '#lib/products/index';
import { getUserByEmail } from '#lib/users/index';
import { registryCommand } from './act.ts';
import { required, type Typed } from './command.ts';

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

const readDomain = (typed: Typed) => ({
  organizationId: required(typed, 'organization'),
  domain: required(typed, 'domain'),
});

export const domainCommands = [
  registryCommand('domain verify --organization ID --domain D', (ctx, typed) => verifyDomain(ctx, readDomain(typed))),
  registryCommand('domain list --organization ID', async (ctx, typed) => ({
    domains: await listDomains(ctx, required(typed, 'organization')),
  })),
  registryCommand('domain remove --organization ID --domain D', async (ctx, typed) => {
    await removeDomain(ctx, readDomain(typed));
    return { ...readDomain(typed), removed: true };
  }),
];
