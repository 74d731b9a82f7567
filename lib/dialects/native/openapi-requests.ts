import { logoMediaTypes } from '#lib/logos/rules';
import type { Schema, SchemaOf } from './openapi-schemas.ts';
import type { Operation } from './operation.ts';

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string | undefined;
  schema: Schema;
  style?: 'form';
  explode?: boolean;
};
export type Ref = { $ref: string };
export type Body = { required: boolean; content: Record<string, { schema: Schema }> };

const header = (name: string, description: string, example: string): Parameter => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string', examples: [example] },
});

const inPath = (name: string, description: string, schema: Schema): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', ...schema },
});

const uuid = { format: 'uuid' };

export const sharedParameters = {
  client_id: inPath('client_id', 'The client.', uuid),
  secret_id: inPath('secret_id', 'The secret.', uuid),
  organization_id: inPath('organization_id', 'The organization of the token.', uuid),
  user_id: inPath('user_id', 'The member.', { examples: ['usr_4Zr8mBqQkT1xYw3u'] }),
  invitation_id: inPath('invitation_id', 'The invitation.', uuid),
  product: inPath('product', 'The id or the slug of the product.', { examples: ['photon'] }),
  token_id: inPath('token_id', 'The token.', uuid),
  grant_id: inPath('grant_id', 'The grant.', uuid),
  scope_name: inPath('scope_name', 'The scope, percent-encoded.', { examples: ['invoices:read'] }),
  resource_uri: inPath('resource_uri', 'The URI of the resource, percent-encoded.', {
    examples: ['https%3A%2F%2Fapi.example.com'],
  }),
  IfMatch: header('If-Match', 'The ETag that was read: the edit is done to that version only.', '"3"'),
  IfNoneMatch: header('If-None-Match', 'The ETag of what the caller has: 304 if it is the same.', '"3"'),
  IdempotencyKey: {
    ...header('Idempotency-Key', 'A name for this request, new for each; retries carry the same.', 'f1d3c2'),
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  },
};

const shared = (name: keyof typeof sharedParameters): Ref => ({ $ref: `#/components/parameters/${name}` });

/** Path, query and header parameters. */
export function parametersOf(operation: Operation, schemaOf: SchemaOf): (Parameter | Ref)[] {
  const { path, query, etag, open, method, conditional, idempotent } = operation;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as keyof typeof sharedParameters);
  return [
    ...names.map(shared),
    ...(query ? queryParameters(schemaOf(query, 'input')) : []),
    ...((etag || open) && method === 'GET' ? [shared('IfNoneMatch')] : []),
    ...(conditional ? [shared('IfMatch')] : []),
    ...(idempotent ? [shared('IdempotencyKey')] : []),
  ];
}

function queryParameters({ properties = {}, required = [] }: Schema): Parameter[] {
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(required.includes(name) && { required: true }),
    ...(description !== undefined && { description }),
    schema,
    ...(schema.type === 'array' && { style: 'form', explode: false }),
  }));
}

/** The request body, if the operation has one. */
export function requestOf({ body, media, bodyOptional }: Operation, schemaOf: SchemaOf): { requestBody?: Body } {
  if (media === 'image') {
    const content = logoMediaTypes.map((type) => [type, { schema: { type: 'string', contentMediaType: type } }]);
    return { requestBody: { required: true, content: Object.fromEntries(content) } };
  }
  if (!body) return {};
  const schema = schemaOf(body, 'input');
  const types = media === 'merge_patch' ? ['application/merge-patch+json', 'application/json'] : ['application/json'];
  const content = Object.fromEntries(types.map((type) => [type, { schema }]));
  return { requestBody: { required: !bodyOptional, content } };
}
