import { z } from 'zod';
import type { Resource } from '#lib/resources/index';
import type { Operations } from '../operation.ts';
import { cursor, limit, moment, page, scope, uuid, writeMoment } from '../values.ts';

const group = 'Platform';
const reads = ['platform:read', 'platform:write'] as const;
const writes = ['platform:write'] as const;
const all = '/platform/resources';
const one = `${all}/{resource_uri}` as const;

const fields = {
  name: z.string().meta({ examples: ['Invoices'] }),
  scope,
  access_token_format: z
    .enum(['opaque', 'jwt'])
    .meta({ description: 'An opaque token can be revoked at once; a JWT is valid until it ends.' }),
  lifetime_seconds: z.int().nullable().meta({ description: 'The longest that a token lives; at most 300 for a JWT.' }),
  introspected_by: z.array(uuid).meta({ description: 'The clients that the API uses to introspect its tokens.' }),
  default: z.boolean().meta({ description: 'The default for a scope that several resources offer.' }),
};

const resourceWire = z
  .strictObject({
    uri: z.string().meta({ description: 'The audience of its tokens.', examples: ['https://api.example.com'] }),
    ...fields,
    jwks_uri: z.string().nullable().meta({ description: 'The keys of its tokens if they are JWTs.' }),
    version: z.int(),
    created_at: moment,
  })
  .meta({ id: 'Resource', description: 'An API for which access tokens are issued (RFC 8707).' });

export const platformResourceOperations = {
  listResources: {
    method: 'GET',
    path: all,
    group,
    summary: 'List resources',
    access: reads,
    query: z.strictObject({ limit, cursor: cursor.optional() }),
    status: 200,
    answer: page(resourceWire).omit({ previous_cursor: true }).meta({ id: 'ResourcePage' }),
  },
  createResource: {
    method: 'POST',
    path: all,
    group,
    summary: 'Add a resource',
    access: writes,
    body: z
      .strictObject(fields)
      .partial()
      .extend({ uri: z.string(), name: fields.name, scope })
      .meta({
        id: 'NewResource',
        examples: [{ uri: 'https://api.example.com', name: 'Invoices', scope: 'invoices:read invoices:write' }],
      }),
    status: 201,
    answer: resourceWire,
    located: true,
    idempotent: true,
    also: [409],
  },
  getResource: {
    method: 'GET',
    path: one,
    group,
    summary: 'Read a resource',
    access: reads,
    status: 200,
    answer: resourceWire,
    etag: true,
  },
  updateResource: {
    method: 'PATCH',
    path: one,
    group,
    summary: 'Change a resource',
    description: 'Its URI stays. Refreshed tokens follow the change.',
    access: writes,
    body: z.strictObject(fields).partial().meta({ id: 'ResourcePatch' }),
    media: 'merge_patch',
    status: 200,
    answer: resourceWire,
    etag: true,
    conditional: true,
  },
  deleteResource: {
    method: 'DELETE',
    path: one,
    group,
    summary: 'Remove a resource',
    description: 'No more tokens are issued for it, and its clients can introspect none.',
    access: writes,
    status: 204,
    conditional: true,
  },
} satisfies Operations;

/** `appUrl` is the origin of the keys. */
export const writeResource = (resource: Resource, appUrl: string): z.input<typeof resourceWire> => ({
  uri: resource.uri,
  name: resource.name,
  scope: resource.scopes.join(' '),
  access_token_format: resource.accessTokenFormat,
  lifetime_seconds: resource.lifetimeSeconds,
  introspected_by: resource.introspectedBy,
  default: resource.isDefault,
  jwks_uri: resource.accessTokenFormat === 'jwt' ? `${appUrl}/oauth/jwks` : null,
  version: resource.version,
  created_at: writeMoment(resource.createdAt),
});

type Fields = z.output<z.ZodObject<typeof fields>>;
type SentFields = { [Name in keyof Fields]?: Fields[Name] | undefined };

/** The fields of a resource that a request names, without its scopes. */
export const readResourceFields = (sent: SentFields) => ({
  accessTokenFormat: sent.access_token_format,
  lifetimeSeconds: sent.lifetime_seconds,
  introspectedBy: sent.introspected_by,
  isDefault: sent.default,
});
