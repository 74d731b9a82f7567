import type { z } from 'zod';
import { type FieldName, pathOfUnknown, remediesOf, unknownMember } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers as readEach } from '../read-members.ts';

/** This API's names of the domain's fields. */
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

/** A field of the domain, with the way into it, in this API's words; a member that is not there as it was sent. */
export function wireNameOf(field: string): string {
  const unknown = pathOfUnknown(field);
  if (unknown) return unknown.join('.');
  const [name = '', ...rest] = field.split('.');
  return [wireNames.get(name) ?? name, ...rest].join('.');
}

/** The members of a body, each read by itself, and an issue for each thing that is wrong with them; unknown ones are wrong. */
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
