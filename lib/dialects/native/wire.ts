import { z } from 'zod';
import { applicationTypes, environments, grantTypes, provenances, reviewStates, statuses } from '#lib/clients/rules';
import { members, patchShape, shape } from './members.ts';
import { cursor, limit, moment, page, uuid } from './values.ts';

const { schema: name } = members.name;
const { schema: environment } = members.environment;
const productId = z.int().min(1).max(2_147_483_647).nullable();

/** `POST /clients` */
export const newClientWire = z
  .strictObject(shape)
  .extend({ environment, product_id: productId })
  .partial()
  .required({ client_name: true })
  .meta({
    id: 'NewClient',
    description: 'Everything that is left out gets its default.',
    examples: [{ client_name: 'Invoices', redirect_uris: ['https://app.example/callback'], scope: 'openid profile' }],
  });

/** `PATCH /clients/{client_id}`: null removes an optional member (RFC 7396). */
export const patchWire = z
  .strictObject({ ...patchShape, product_id: productId })
  .partial()
  .meta({
    id: 'ClientPatch',
    description: 'A JSON Merge Patch (RFC 7396): what it does not name stays.',
    examples: [{ description: 'Files invoices', tos_uri: null }],
  });

/** `POST /clients/{client_id}/clone` */
export const cloneWire = z
  .strictObject({ client_name: name, environment })
  .partial()
  .meta({ id: 'CloneClient', description: 'The name is `… (copy)` and the environment the same when left out.' });

export const standings = ['first_party', 'verified', 'unverified', 'self_registered', 'suspended', 'disabled'] as const;
export const standingMeans = 'What people read about who stands behind it.';
export const verifiedMeans =
  'Every redirect URI, and there is one, is https under a domain that was proved to be its publisher’s.';

/** A client in a list. */
export const listedClientWire = z
  .strictObject({
    client_id: uuid,
    ...shape,
    environment,
    number: z.int().meta({ description: 'The order of creation.' }),
    organization_id: uuid,
    product_id: productId,
    provenance: z.enum(provenances),
    status: z.enum(statuses),
    review_state: z
      .enum(reviewStates)
      .meta({ description: 'What the operator made of a request for review; it gives no badge.' }),
    verified: z.boolean().meta({ description: verifiedMeans }),
    standing: z.enum(standings).meta({ description: standingMeans }),
    logo_url: z.string().nullable().meta({ description: 'Our own picture of the logo that was uploaded or fetched.' }),
    metadata_url: z.string().nullable(),
    version: z.int().meta({ description: 'Grows by one with every change; the ETag begins with it.' }),
    created_by: z.string().nullable(),
    updated_by: z.string().nullable(),
    created_at: moment,
    updated_at: moment,
    last_used_at: moment.nullable(),
  })
  .meta({ id: 'ListedClient' });

const warning = z
  .strictObject({
    field: z.string().meta({ description: 'The member.', examples: ['tos_uri'] }),
    pointer: z
      .string()
      .meta({ description: 'Where in the client (RFC 6901, as a fragment).', examples: ['#/tos_uri'] }),
    rule: z.string().meta({ description: 'The rule behind it; stable.', examples: ['M13'] }),
    message: z.string().meta({ description: 'What to look at, for people.' }),
  })
  .meta({ id: 'Warning' });

/** A client for its own organization. */
export const clientWire = z
  .strictObject({
    ...listedClientWire.shape,
    warnings: z.array(warning).meta({
      description:
        'What is accepted and should be looked at: the findings that the portal shows. Empty where there is none.',
    }),
  })
  .meta({ id: 'Client' });

const secretShown = z.string().meta({ description: 'Shown in this answer and never again.' });

export const createdClientWire = z
  .strictObject({ ...clientWire.shape, client_secret: secretShown.optional(), secret_id: uuid.optional() })
  .meta({ id: 'CreatedClient', description: 'A client, with its first secret when it authenticates by one.' });

export const clientPageWire = page(listedClientWire).meta({ id: 'ClientPage' });

/** `GET /clients`: a client must match every filter. */
export const clientQuery = z.strictObject({
  limit,
  cursor: cursor.optional(),
  sort: z.enum(['-created_at', 'client_name', '-last_used_at']).default('-created_at'),
  application_type: z.enum(applicationTypes).optional(),
  environment: z.enum(environments).optional(),
  grant_type: z.enum(grantTypes).optional(),
  status: z.enum(statuses).optional(),
  verified: z.boolean().optional(),
  provenance: z.enum(provenances).optional(),
  client_type: z.enum(['public', 'confidential']).optional(),
  product_id: z.int().min(1).max(2_147_483_647).optional(),
  created_by: z.string().max(100).optional().meta({ description: 'The id of a person.' }),
  client_id: z.array(uuid).max(50).optional().meta({ description: 'One or several ids.' }),
  client_name: z.string().max(1024).optional().meta({ description: 'The whole name.' }),
  client_name_contains: z
    .string()
    .max(1024)
    .refine((text) => [...text].length >= 3, 'Search for at least 3 characters.')
    .optional()
    .meta({ minLength: 3, description: 'Part of the name, whatever the case.' }),
});
