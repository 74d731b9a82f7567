import { listDomains, removeDomain, verifyDomain } from '#lib/domains/index';
import { registryCommand } from './act.ts';
import { required, type Typed } from './command.ts';

const read = (typed: Typed) => ({
  organizationId: required(typed, 'organization'),
  domain: required(typed, 'domain'),
});

export const domainCommands = [
  registryCommand('domain verify --organization ID --domain D', (ctx, typed) => verifyDomain(ctx, read(typed))),
  registryCommand('domain list --organization ID', async (ctx, typed) => ({
    domains: await listDomains(ctx, required(typed, 'organization')),
  })),
  registryCommand('domain remove --organization ID --domain D', async (ctx, typed) => {
    await removeDomain(ctx, read(typed));
    return { ...read(typed), removed: true };
  }),
];
