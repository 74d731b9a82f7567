import { z } from 'zod';
import { statuses } from '#lib/clients/rules';
import type { PublicClient } from '#lib/public-info/index';
import { standingOf } from '#lib/public-info/rules';
import type { Scope } from '#lib/scopes/index';
import { writeLocalized } from '../members.ts';
import type { Operations } from '../operation.ts';
import { moment, scope, unpagedList, uuid, writeMoment } from '../values.ts';
import { standingMeans, standings, verifiedMeans } from '../wire.ts';
import { writeLogo } from '../write.ts';

const idsMax = 50;
const texts = z.strictObject({
  client_name: z.string().optional(),
  client_uri: z.string().optional(),
  tos_uri: z.string().optional(),
  policy_uri: z.string().optional(),
});

const publicClientWire = z
  .strictObject({
    client_id: uuid,
    client_name: z.string(),
    description: z.string(),
    publisher: z.string().meta({ description: 'The organization that answers for it.' }),
    client_uri: z.string().nullable(),
    policy_uri: z.string().nullable(),
    tos_uri: z.string().nullable(),
    logo_url: z.string().nullable(),
    localized: z.record(z.string(), texts),
    scope,
    status: z.enum(statuses),
    verified: z.boolean().meta({ description: verifiedMeans }),
    standing: z.enum(standings).meta({ description: standingMeans }),
    open_to_other_organizations: z.boolean(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({
    id: 'PublicClient',
    description: 'What its developer wrote are claims; `standing` is what the platform knows.',
  });

const resourceWire = z.strictObject({
  uri: z.string().meta({ examples: ['https://api.example.com'] }),
  name: z.string(),
});
const scopeTexts = z.strictObject({ title: z.string(), description: z.string() });
const scopeWire = z
  .strictObject({
    name: z.string(),
    group: z.string(),
    access: z.enum(['read', 'write', 'identity']),
    sensitivity: z.enum(['normal', 'sensitive', 'restricted']),
    resources: z.array(resourceWire).meta({
      description:
        'The APIs that offer it: what `resource` (RFC 8707) may name to get a token with it. Empty where none does.',
    }),
    texts: z.record(z.string(), scopeTexts).meta({ description: 'By language; English is always there.' }),
  })
  .meta({ id: 'Scope' });

export const publicOperations = {
  listScopes: {
    method: 'GET',
    path: '/scopes',
    group: 'Scopes',
    summary: 'List scopes',
    description: 'The catalogue that clients choose from, in its order.',
    access: 'any_token',
    status: 200,
    answer: unpagedList(scopeWire).meta({ id: 'Scopes' }),
  },
  getPublicClient: {
    method: 'GET',
    path: '/public/clients/{client_id}',
    group: 'Public information',
    summary: 'What anyone may know of a client',
    access: 'anyone',
    open: true,
    status: 200,
    answer: publicClientWire,
  },
  listPublicClients: {
    method: 'GET',
    path: '/public/clients',
    group: 'Public information',
    summary: 'What anyone may know of several clients',
    description: `In the order asked, each once; unknown ids are left out. At most ${idsMax}.`,
    access: 'anyone',
    open: true,
    query: z.strictObject({ client_id: z.array(uuid).min(1).max(idsMax) }),
    status: 200,
    answer: unpagedList(publicClientWire).meta({ id: 'PublicClients' }),
  },
} satisfies Operations;

export function writeInfo(client: PublicClient, appUrl: string): z.input<typeof publicClientWire> {
  return {
    client_id: client.clientId,
    client_name: client.name,
    description: client.description,
    publisher: client.publisher,
    client_uri: client.clientUri,
    policy_uri: client.policyUri,
    tos_uri: client.tosUri,
    logo_url: writeLogo(client, appUrl),
    localized: writeLocalized(client.localized),
    scope: client.scopes.join(' '),
    status: client.status,
    verified: client.verified,
    standing: standingOf(client),
    open_to_other_organizations: client.openToOtherOrganizations,
    created_at: writeMoment(client.createdAt),
    updated_at: writeMoment(client.updatedAt),
  };
}

type Offering = { uri: string; name: string; scopes: readonly string[] };

/** Writes a scope of the catalogue, with the resources that offer it. */
export const writeScope = (
  { name, group, access, sensitivity, texts }: Scope,
  resources: readonly Offering[],
): z.input<typeof scopeWire> => ({
  name,
  group,
  access,
  sensitivity,
  resources: resources.filter(({ scopes }) => scopes.includes(name)).map(({ uri, name }) => ({ uri, name })),
  texts,
});
