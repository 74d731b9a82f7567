import { finding, grantTypes as offeredGrants } from '../clients/rules.ts';
import type { Issue } from '../errors.ts';
import { chooseValues } from './choose.ts';

/** Members by their domain names, of unknown type, and what was put in place of what. */
type Replaced = { members: Map<string, unknown>; replaced: Issue[]; issues: Issue[] };

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const quoted = (values: readonly string[]) => values.map((value) => `"${value.slice(0, 80)}"`).join(', ');

/**
 * RFC 7591 §3.2.1: what a registration asks for and this server does not offer is replaced, where that takes nothing away from the
 * client's security and leaves it something to work with. Everything else stays as it is, to be refused. `sharedSecrets`: the client
 * may be given a secret.
 */
export function replaceMembers(asked: ReadonlyMap<string, unknown>, terms: { sharedSecrets: boolean }): Replaced {
  const said = new Map([...asked].filter(([, value]) => !isEmpty(value)));
  const { members, replaced, issues } = chooseValues(said, terms);
  const replace = (field: string, rule: string, message: string, value?: unknown) => {
    if (value === undefined) members.delete(field);
    else members.set(field, value);
    replaced.push(finding(field, rule, message));
  };
  const [applicationType, grantTypes, responseTypes, userinfoSignedResponseAlg] = [
    'applicationType',
    'grantTypes',
    'responseTypes',
    'userinfoSignedResponseAlg',
  ].map((name) => members.get(name));
  if (typeof applicationType === 'string' && applicationType !== 'web' && applicationType !== 'native')
    replace(
      'applicationType',
      'M2',
      `"${applicationType.slice(0, 80)}" is unknown here: the type follows from the use.`,
    );
  const grants = isTexts(grantTypes) ? split(grantTypes, offeredGrants) : undefined;
  if (grants && grants.kept.length > 0 && grants.left.length > 0)
    replace('grantTypes', 'M4', `Left out, because it is not offered here: ${quoted(grants.left)}.`, grants.kept);
  if (isTexts(responseTypes)) {
    const { kept, left } = split(responseTypes, ['code']);
    if (grants && grants.kept.length > 0 && !grants.kept.includes('authorization_code'))
      replace('responseTypes', 'M3', `Left out, because no grant of this client redirects: ${quoted(responseTypes)}.`);
    else if (kept.length > 0 && left.length > 0)
      replace('responseTypes', 'M4', `Left out, because it is not offered here: ${quoted(left)}.`, kept);
    else if (kept.length > 0) members.set('responseTypes', kept);
  }
  if (userinfoSignedResponseAlg === 'none')
    replace('userinfoSignedResponseAlg', 'M19', 'Answers of userinfo that are not signed are plain JSON here.');
  return { members, replaced, issues };
}

function split(values: readonly string[], offered: readonly string[]) {
  const given = [...new Set(values)];
  return {
    kept: given.filter((value) => offered.includes(value)),
    left: given.filter((value) => !offered.includes(value)),
  };
}

/** Nothing is said by an empty text, list or object, nor by a list of empty texts. */
function isEmpty(value: unknown): boolean {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return true;
  if (Array.isArray(value)) return value.every((item) => item === '');
  return typeof value === 'object' && (Object.keys(value).length === 0 || isEmptyKeySet(value));
}

const isEmptyKeySet = (value: object): boolean =>
  Object.keys(value).length === 1 && 'keys' in value && Array.isArray(value.keys) && value.keys.length === 0;
