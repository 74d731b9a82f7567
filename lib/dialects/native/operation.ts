import type { z } from 'zod';
import type { TokenScope } from '#lib/tokens/rules';
import type { Naming } from './fields.ts';

export const groups = {
  Clients: 'The applications that are registered here.',
  Secrets: 'What clients authenticate with. A secret is shown once, when it is made.',
  Organizations: 'The organization that the token belongs to, and what is in it.',
  Members: 'Who belongs to the organization, in which role, and who is invited.',
  Products: 'Parts of an organization that may own clients.',
  Tokens: 'API tokens. No token makes a token that can do more than itself.',
  Grants: 'What the person behind the token allowed apps to do for them.',
  Scopes: 'What a client may ask for.',
  Platform: 'Scopes and resources of the whole platform. For API tokens of its operators.',
  'Public information': 'What anyone may know of a client. Readable from any origin.',
} as const;

export type Group = keyof typeof groups;

/**
 * One operation. The route, the check of the request and the documentation are derived from it.
 * Errors that follow from other members (no credential, no scope, unknown id, bad body …) are not listed.
 */
export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: `/${string}`;
  group: Group;
  summary: string;
  description?: string;
  /** A token needs one of these scopes; `any_token` needs none. */
  access: 'anyone' | 'any_token' | readonly [TokenScope, ...TokenScope[]];
  /** CORS: any origin may read it. */
  open?: true;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** The media type of the body, if not JSON. */
  media?: 'merge_patch' | 'image';
  bodyOptional?: true;
  status: 200 | 201 | 204;
  answer?: z.ZodType;
  /** Answers with an ETag, the version, and honours If-None-Match. */
  etag?: true;
  /** Answers with a Location header for the created object. */
  located?: true;
  /** Honours If-Match. */
  conditional?: true;
  /** Honours Idempotency-Key. */
  idempotent?: true;
  /** Its answer may contain a secret. */
  secret?: true;
  /** Errors that do not follow from other members, by status. */
  also?: readonly (409 | 422)[];
  /** The naming of the domain's fields in errors. */
  naming?: Naming;
};

export type Operations = Readonly<Record<string, Operation>>;
