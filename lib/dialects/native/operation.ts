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
  'Public information': 'What anyone may know of a client. Readable from any origin.',
} as const;

export type Group = keyof typeof groups;

/**
 * One operation, declared once: the route, the check of what comes in, and the documentation are all made from this.
 * Refusals that follow from the rest (no credential, no scope, an unknown id, a bad body …) are not listed.
 */
export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: `/${string}`;
  group: Group;
  summary: string;
  description?: string;
  /** The scopes of which a token needs one; `any_token` needs none. */
  access: 'anyone' | 'any_token' | readonly [TokenScope, ...TokenScope[]];
  /** Browsers may read it from any origin. */
  open?: true;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** What comes instead of JSON. */
  media?: 'merge_patch' | 'image';
  bodyOptional?: true;
  status: 200 | 201 | 204;
  answer?: z.ZodType;
  /** Answers with the ETag of a client and honours If-None-Match. */
  etag?: true;
  /** Says where what was made can be read. */
  located?: true;
  /** Honours If-Match. */
  conditional?: true;
  /** Honours Idempotency-Key. */
  idempotent?: true;
  /** Its answer may hold a secret. */
  secret?: true;
  /** Refusals that do not follow from the rest, by status. */
  also?: readonly (409 | 422)[];
  /** How the domain's fields are called in refusals. */
  naming?: Naming;
};

export type Operations = Readonly<Record<string, Operation>>;
