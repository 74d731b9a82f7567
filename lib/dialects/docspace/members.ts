import { z } from 'zod';
import {
  type ClientMetadata,
  type FieldName,
  judgeAllowedOrigins,
  judgeRedirectUri,
  judgeWebUri,
  refusalsOf,
  remedyWithRule,
} from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';

/** The codes of this API's validation. Each is a prefix of its message until `writeError` separates them. */
export type Code = 'EmptyFieldError' | 'ErrorName' | 'ErrorWrongURL' | 'ErrorPattern' | 'ErrorInvalidScope';

/** A message with its code as prefix. */
export const withCode = (code: Code, message: string) => `${code}: ${message}`;

/** A text; a missing value and null count as empty, another type is an error. */
const text = (label: string, code: Code) =>
  z.string({
    error: ({ input }) =>
      input == null
        ? withCode('EmptyFieldError', `${label} must not be empty`)
        : withCode(code, `${label} must be a text`),
  });

export const filled = (label: string, code: Code) =>
  text(label, code).refine((value) => value.trim() !== '', {
    error: withCode('EmptyFieldError', `${label} must not be empty`),
    abort: true,
  });

const flag = (label: string) =>
  z.boolean({ error: withCode('ErrorPattern', `${label} must be true or false`) }).nullish();

const description = text('client description', 'ErrorName')
  .refine((value) => [...value].length <= 255, {
    error: withCode('ErrorName', 'client description length is expected to be less than 256 characters'),
  })
  .nullish();

const host = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/i;
const address = /^https?:\/\/(?:\d{1,3}\.){3}\d{1,3}$/i;
const afterHost = /(?::\d{1,5})?(?:\/[\w\-.~:/?#[\]@!$&'()*+,;=%]*)?$/;

/** The URL of a page: the scheme is optional; the host has a dot and a top-level domain, or is an IPv4 address after http(s). */
function isPage(value: string): boolean {
  const start = value.replace(/^(https?:\/\/)?([^/:]*).*$/is, '$1$2');
  return (host.test(start) || address.test(start)) && value.slice(start.length).replace(afterHost, '') === '';
}

type Judge = (address: string) => Issue[];

/** The message for a refused URL: the rule book's, otherwise `otherwise`. */
function urlMessage(address: unknown, judge: Judge, otherwise: string): string {
  const [wrong] = refusalsOf(judge(String(address)));
  return withCode('ErrorWrongURL', wrong ? remedyWithRule(wrong) : otherwise);
}

const strict = { applicationType: 'web', environment: 'production', confidential: true } as const;
const asRedirect: Judge = (address) => judgeRedirectUri(address, strict);
const asPage: Judge = (address) => judgeWebUri(address, { field: '', rule: 'M13', environment: 'production' });
const asOrigin: Judge = (address) => judgeAllowedOrigins([address], { environment: 'production', tolerant: true });

const page = (label: string, judge = asPage) =>
  filled(label, 'ErrorWrongURL').refine((value) => value.length <= 2048 && isPage(value), {
    error: ({ input }) => urlMessage(input, judge, `${label} is not a valid address`),
  });

const addresses = (label: string, judge: Judge) =>
  z
    .array(
      z
        .string({ error: withCode('ErrorWrongURL', `each of the ${label} must be a text`) })
        .refine((value) => /^(?:https?|claude):\/\/[^\s/]/i.test(value) && URL.canParse(value), {
          error: ({ input }) =>
            urlMessage(input, judge, `${label}: "${String(input).slice(0, 100)}" is not a valid address`),
        }),
      {
        error: ({ input }) =>
          input == null
            ? withCode('EmptyFieldError', `${label} must not be null`)
            : withCode('ErrorWrongURL', `${label} must be a list of addresses`),
      },
    )
    .refine((values) => values.length >= 1 && new Set(values).size <= 12, {
      error: withCode('ErrorName', `${label} must contain at least 1 and at most 12 addresses`),
    })
    .transform((values) => [...new Set(values)]);

const scopes = z
  .array(z.string({ error: withCode('ErrorInvalidScope', 'each scope must be a text') }), {
    error: ({ input }) =>
      input == null
        ? withCode('EmptyFieldError', 'scopes field can not be empty')
        : withCode('ErrorInvalidScope', 'scopes must be a list of names'),
  })
  .refine((values) => values.length > 0, { error: withCode('EmptyFieldError', 'scopes field can not be empty') });

type Member<T> = {
  name: string;
  /** The schema in a creation. */
  schema: z.ZodType<T | null | undefined>;
  /** The schema in an update; absent if updates do not change the field. */
  patch?: z.ZodType<T | null | undefined>;
  /** The value if a creation omits it. */
  without: T;
  /** The readers of the member in answers; absent if `write.ts` writes it in another form. */
  readableBy?: 'owner' | 'anyone';
  /** The name in answers, if it is not `name`. */
  answerName?: string;
};

const origins = addresses('allowed origins', asOrigin);
const optional = (name: string, schema: z.ZodType<boolean | null | undefined>) => ({ name, schema, patch: schema });
const pageOf = (name: string, label: string) =>
  ({ name, schema: page(label), without: null, readableBy: 'anyone' }) as const;

/** This API's members that map to one field of a client. The name and the logo are handled separately. */
export const members = {
  description: { name: 'description', schema: description, patch: description, without: '', readableBy: 'anyone' },
  secretOptional: { ...optional('allow_pkce', flag('allow pkce')), without: false },
  openToOtherOrganizations: { ...optional('is_public', flag('is public')), without: true, readableBy: 'anyone' },
  clientUri: pageOf('website_url', 'website url'),
  tosUri: pageOf('terms_url', 'terms url'),
  policyUri: pageOf('policy_url', 'policy url'),
  redirectUris: {
    name: 'redirect_uris',
    schema: addresses('redirect uris', asRedirect),
    without: [],
    readableBy: 'owner',
  },
  allowedOrigins: { name: 'allowed_origins', schema: origins, patch: origins, without: [], readableBy: 'owner' },
  postLogoutRedirectUris: {
    name: 'logout_redirect_uri',
    schema: page('logout redirect uri', asRedirect).transform((uri) => [uri]),
    without: [],
    readableBy: 'owner',
    answerName: 'logout_redirect_uris',
  },
  scopes: { name: 'scopes', schema: scopes, patch: scopes.nullish(), without: [], readableBy: 'anyone' },
} as const satisfies { readonly [Name in FieldName]?: Member<ClientMetadata[Name]> };

type Members = typeof members;
type Own = keyof Members;
/** The fields in public answers. */
export type PublicFields = {
  [Name in Own]: Members[Name] extends { readableBy: 'anyone' } ? Name : never;
}[Own];

const table: { readonly [Name in FieldName]?: Member<ClientMetadata[Name]> } = members;
const entries = Object.entries<Member<unknown>>(table);
const schemas = (schemaOf: (member: Member<unknown>) => z.ZodType | undefined): Record<string, z.ZodType> =>
  Object.fromEntries(
    entries.flatMap(([, member]) => {
      const schema = schemaOf(member);
      return schema ? [[member.name, schema]] : [];
    }),
  );

export const shape = schemas(({ schema }) => schema);
export const patchShape = schemas(({ patch }) => patch);

type Values = ReadonlyMap<string, unknown>;

/** The fields of a creation, with defaults for missing ones. */
export const readAll = (values: Values) =>
  Object.fromEntries(entries.map(([field, { name, without }]) => [field, values.get(name) ?? without])) as Pick<
    ClientMetadata,
    Own
  >;

/** The fields that an update contains. */
export const readGiven = (values: Values): Partial<Pick<ClientMetadata, Own>> =>
  Object.fromEntries(
    entries.filter(([, { name }]) => values.get(name) != null).map(([field, { name }]) => [field, values.get(name)]),
  );

/** Writes the fields for the client's own organization, or those for anyone. */
export function writeMembers(client: Pick<ClientMetadata, PublicFields>, reader: 'anyone'): Record<string, unknown>;
export function writeMembers(client: Pick<ClientMetadata, Own>, reader: 'owner'): Record<string, unknown>;
export function writeMembers(client: object, reader: 'owner' | 'anyone'): Record<string, unknown> {
  const values = new Map<string, unknown>(Object.entries(client));
  const readable = entries.filter(([, { readableBy }]) => readableBy === 'anyone' || readableBy === reader);
  return Object.fromEntries(readable.map(([field, { name, answerName = name }]) => [answerName, values.get(field)]));
}
