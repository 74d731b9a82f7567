import { z } from 'zod';
import { type FieldName, pathOfUnknown, refuseGrantType, remediesOf, unknownMember } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { readMembers as readEach } from '../read-members.ts';

/** The grant types that this API defines. */
export const grantTypes = ['client_credentials', 'authorization_code', 'refresh_token'] as const;
export const clientTypes = ['public', 'confidential'] as const;

const needed = ({ input }: { input?: unknown }) => (input === undefined ? 'It is needed.' : undefined);
const text = z.string({ error: (issue) => needed(issue) ?? 'Send a text.' });
const texts = z.array(text, { error: (issue) => needed(issue) ?? 'Send a list of texts.' });
/** The URL of a page; null and an empty text mean none. */
const uri = text.transform((value) => (value === '' ? null : value)).nullable();
const flag = z.boolean({ error: (issue) => needed(issue) ?? 'Send true or false.' });
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, { error: (issue) => needed(issue) ?? `Choose ${names.join(' or ')}.` });
const grant = z.enum(grantTypes, { error: ({ input }) => refuseGrantType(grantTypes, input) });
const grants = z.array(grant, { error: (issue) => needed(issue) ?? 'Send a list of grant types.' });

/** `POST /oauth_clients`; other members are refused. */
export const newClientWire = z.strictObject({
  name: text,
  allowed_scopes: texts,
  client_type: oneOf(clientTypes),
  allowed_grant_types: grants,
  redirect_uris: texts.nullish(),
  require_pkce: flag.nullish(),
  logo_uri: uri.optional(),
  tos_uri: uri.optional(),
  policy_uri: uri.optional(),
});

/** `POST /oauth/grants` */
export const consentWire = z.strictObject({ allowed: flag, consent_token: text });

/** `PUT /oauth_clients/{id}`: a missing member keeps its value; the client type never changes. */
export const patchWire = newClientWire.omit({ client_type: true }).partial();

/** This API's names for the domain's fields. */
const names: Readonly<Partial<Record<FieldName, string>>> = {
  scopes: 'allowed_scopes',
  grantTypes: 'allowed_grant_types',
  tokenEndpointAuthMethod: 'client_type',
  redirectUris: 'redirect_uris',
  requirePkce: 'require_pkce',
  logoUri: 'logo_uri',
  tosUri: 'tos_uri',
  policyUri: 'policy_uri',
};

const wireNames = new Map(Object.entries(names));
const domainNames = new Map(Object.entries(names).map(([domain, wire]) => [wire, domain]));

/** This API's name of a domain field's path; an unknown member keeps its name. */
export function wireNameOf(field: string): string {
  const unknown = pathOfUnknown(field);
  if (unknown) return unknown.join('.');
  const [name = '', ...rest] = field.split('.');
  return [wireNames.get(name) ?? name, ...rest].join('.');
}

/** Reads each member of a body separately, with an issue for each mistake; unknown members are mistakes. */
export function readMembers<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, body: object) {
  const { values, issues } = readEach(schema, body, domainNames);
  const unknown = Object.entries(body).filter(([member]) => !Object.hasOwn(schema.shape, member));
  const nameOf = (own: string) => {
    const name = wireNames.get(own) ?? '';
    return Object.hasOwn(schema.shape, name) ? name : undefined;
  };
  return { values, issues: [...issues, ...unknown.flatMap((one) => issuesOfUnknown(one, nameOf))] };
}

type Unknown = [member: string, value: unknown];

function issuesOfUnknown([member, value]: Unknown, nameOf: Parameters<typeof remediesOf>[2]): Issue[] {
  if (member === 'client_type') return [unknownMember([member], 'It cannot be changed.')];
  const remedies = remediesOf(member.slice(0, 100), value, nameOf);
  return remedies.map(({ path, message, meant }) => unknownMember(path, message, meant));
}
