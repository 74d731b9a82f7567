import type { Issue } from '#lib/kernel/errors';
import type { ClientMetadata } from '../client.ts';
import { isObject } from './field-check.ts';
import { fieldNames, fields, isFieldName, mayBeEmpty, mutualTls } from './fields.ts';
import { misread } from './issue.ts';

const mutualTlsMembers = /^tlsClient/;
const notEnforced = new Set([
  'requireSignedRequestObject',
  'requestObjectSigningAlg',
  'authorizationDetailsTypes',
  'idTokenEncryptedResponseAlg',
  'userinfoEncryptedResponseAlg',
]);

/** Checks the type of each field and returns every issue. Other rules check the values. */
export function judgeShape(metadata: Readonly<ClientMetadata>): Issue[] {
  return fieldNames.flatMap((field) => judgeMember(field, metadata[field]));
}

/**
 * Reads members of unknown type by their domain names. Returns the members of the right type, and an issue for each other. A member
 * that we know but do not enforce is refused in every channel (rules M9, M10, M21); an unknown one only with `refused` (M1). An empty
 * text means no value; with `ignored`, an empty text is omitted for every member (RFC 6749 §3.1).
 */
export function readMetadata(
  input: Readonly<Record<string, unknown>>,
  unknownMembers: 'refused' | 'ignored',
): { metadata: Partial<ClientMetadata>; issues: Issue[] } {
  const given = Object.entries(input)
    .map(([field, value]) => [
      field,
      unknownMembers === 'ignored' && value === '' ? undefined : readEmpty(field, value),
    ])
    .filter((member): member is [string, unknown] => member[1] !== undefined);
  const judged = given.map(([field, value]) => ({ field, value, issues: judgeMember(field, value) }));
  const issues = judged.flatMap((member) => member.issues);
  return {
    metadata: Object.fromEntries(
      judged.filter((member) => member.issues.length === 0).map(({ field, value }) => [field, value]),
    ),
    issues: unknownMembers === 'refused' ? issues : issues.filter((issue) => issue.rule !== 'M1'),
  };
}

/** Returns null for an empty text of a nullable field, else the value. In `localized`, empty texts are removed. */
export function readEmpty(field: string, value: unknown): unknown {
  if (value === '' && isFieldName(field) && mayBeEmpty(field)) return null;
  if (field !== 'localized' || !isObject(value)) return value;
  const filled = Object.entries(value).map(([tag, texts]) => [tag, withoutEmpty(texts)] as const);
  return Object.fromEntries(filled.filter(([, texts]) => !isObject(texts) || Object.keys(texts).length > 0));
}

function withoutEmpty(texts: unknown): unknown {
  return isObject(texts) ? Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')) : texts;
}

function judgeMember(field: string, value: unknown): Issue[] {
  if (value !== false && mutualTlsMembers.test(field)) return [misread(field, 'M9', mutualTls)];
  if (value !== false && notEnforced.has(field))
    return [misread(field, 'M21', 'It is not enforced yet, so it cannot be registered.')];
  if (!isFieldName(field)) return [misread(field, 'M1', 'Remove it: there is no such member.')];
  const { rule, check } = fields[field];
  return check(value).map(({ at, message }) => misread(at === '' ? field : `${field}.${at}`, rule, message));
}
