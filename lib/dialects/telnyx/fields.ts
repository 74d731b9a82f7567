import type { z } from 'zod';
import type { Issue } from '#lib/errors';

/** This API's names of the domain's fields. */
const names = {
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

/** A field of the domain, with the way into it, in this API's words. */
export function wireNameOf(field: string): string {
  const [name = '', ...rest] = field.split('.');
  return [wireNames.get(name) ?? name, ...rest].join('.');
}

/** The members of a body, and an issue in the domain's names for each thing that is wrong with them; unknown ones are wrong. */
export function readMembers<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, body: object) {
  const read = schema.safeParse(body);
  if (read.success) return { values: read.data, issues: [] };
  return { values: undefined, issues: read.error.issues.flatMap(issuesOf) };
}

function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownMember);
  const [member = '', ...rest] = issue.path.map(String);
  return [{ field: [domainNames.get(member) ?? member, ...rest].join('.'), rule: 'shape', message: issue.message }];
}

function unknownMember(member: string): Issue {
  const message = member === 'client_type' ? 'It cannot be changed.' : 'There is no such property.';
  return { field: domainNames.get(member) ?? member.slice(0, 100), rule: 'M1', message };
}
