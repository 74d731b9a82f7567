import { finding, hasSigningKey, grantTypes as offeredGrants, refusal } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';

/** Members of unknown type by their domain names, the replaced values and the issues. */
type Replaced = { members: Map<string, unknown>; replaced: Issue[]; issues: Issue[] };

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const quoted = (values: readonly string[]) => values.map((value) => `"${value.slice(0, 80)}"`).join(', ');

/**
 * RFC 7591 §3.2.1: replaces requested values that this server does not offer, if the client stays as secure and still usable. All other
 * values stay as they are and are refused later. `sharedSecrets`: the client may get a secret.
 */
export function replaceMembers(asked: ReadonlyMap<string, unknown>, terms: { sharedSecrets: boolean }): Replaced {
  const sent = new Map([...asked].filter(([, value]) => !isEmpty(value)));
  const { members, replaced, issues } = chooseValues(sent, terms);
  const replace = (field: string, rule: string, message: string, value?: unknown) => {
    if (value === undefined) members.delete(field);
    else members.set(field, value);
    replaced.push(finding(field, rule, message));
  };
  const applicationType = members.get('applicationType');
  const grantTypes = members.get('grantTypes');
  const responseTypes = members.get('responseTypes');
  if (typeof applicationType === 'string' && applicationType !== 'web' && applicationType !== 'native')
    replace(
      'applicationType',
      'M2',
      `"${applicationType.slice(0, 80)}" is unknown here: the type follows from the use.`,
    );
  const grants = isTexts(grantTypes) ? split(grantTypes, offeredGrants) : undefined;
  if (grants && grants.kept.length > 0 && grants.removed.length > 0)
    replace('grantTypes', 'M4', `Left out, because it is not offered here: ${quoted(grants.removed)}.`, grants.kept);
  if (isTexts(responseTypes)) {
    const { kept, removed } = split(responseTypes, ['code']);
    if (grants && grants.kept.length > 0 && !grants.kept.includes('authorization_code'))
      replace('responseTypes', 'M3', `Left out, because no grant of this client redirects: ${quoted(responseTypes)}.`);
    else if (kept.length > 0 && removed.length > 0)
      replace('responseTypes', 'M4', `Left out, because it is not offered here: ${quoted(removed)}.`, kept);
    else if (kept.length > 0) members.set('responseTypes', kept);
  }
  if (members.get('userinfoSignedResponseAlg') === 'none')
    replace('userinfoSignedResponseAlg', 'M19', 'Answers of userinfo that are not signed are plain JSON here.');
  return { members, replaced, issues };
}

/** Splits values into the ones that this server offers and the others, without duplicates. */
function split(values: readonly string[], offered: readonly string[]) {
  const distinct = [...new Set(values)];
  return {
    kept: distinct.filter((value) => offered.includes(value)),
    removed: distinct.filter((value) => !offered.includes(value)),
  };
}

/** Whether a value counts as omitted: null, an empty text, list or object, or a list of empty texts. */
function isEmpty(value: unknown): boolean {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return true;
  if (Array.isArray(value)) return value.every((item) => item === '');
  return typeof value === 'object' && (Object.keys(value).length === 0 || isEmptyKeySet(value));
}

const isEmptyKeySet = (value: object): boolean =>
  Object.keys(value).length === 1 && 'keys' in value && Array.isArray(value.keys) && value.keys.length === 0;

type Choice = {
  /** The member with the list of supported values. */
  list: string;
  /** The member with the one chosen value. */
  of: string;
  rule: string;
  /** The values that this server offers, strongest first. */
  offered: readonly string[];
};

/** Lists of supported values (OpenID Connect RP Metadata Choices 1.0 §2) from which this server chooses one value. */
const choices: readonly Choice[] = [
  {
    list: 'tokenEndpointAuthMethodsSupported',
    of: 'tokenEndpointAuthMethod',
    rule: 'M6',
    offered: ['private_key_jwt', 'client_secret_basic', 'client_secret_post', 'none'],
  },
  {
    list: 'idTokenSigningAlgValuesSupported',
    of: 'idTokenSignedResponseAlg',
    rule: 'M19',
    offered: ['ES256', 'RS256'],
  },
  {
    list: 'userinfoSigningAlgValuesSupported',
    of: 'userinfoSignedResponseAlg',
    rule: 'M19',
    offered: ['ES256', 'RS256'],
  },
  { list: 'subjectTypesSupported', of: 'subjectType', rule: 'M2', offered: ['public', 'pairwise'] },
];
const assertionAlgs = /^(?:(?:RS|PS|ES)(?:256|384|512)|EdDSA|Ed25519)$/;

type Members = ReadonlyMap<string, unknown>;
type Chosen = { members: Map<string, unknown>; replaced: Issue[]; issues: Issue[] };

/**
 * Replaces each list of supported values by one value: the strongest that this server offers and the client's keys allow.
 * `sharedSecrets` says whether the client may get a secret. A single value that is sent together with its list must be in that list.
 */
function chooseValues(asked: Members, { sharedSecrets }: { sharedSecrets: boolean }): Chosen {
  const chosen: Chosen = { members: new Map(asked), replaced: [], issues: [] };
  for (const { list, of, rule, offered } of choices) {
    const supported = asked.get(list);
    chosen.members.delete(list);
    if (supported === undefined) continue;
    const sent = asked.get(of);
    const fault = faultOf(supported, sent);
    const possible = offered.filter((one) => isPossible(one, asked, sharedSecrets));
    const isUsable = fault === undefined && Array.isArray(supported);
    const value = isUsable ? possible.find((one) => supported.includes(one)) : undefined;
    if (value === undefined) {
      chosen.members.delete(of);
      chosen.issues.push(refusal(list, rule, fault ?? `Support one of ${possible.join(', ')}.`));
      continue;
    }
    chosen.members.set(of, value);
    if (typeof sent === 'string' && sent !== value)
      chosen.replaced.push(finding(of, rule, `"${sent}" was replaced by "${value}", which the client supports too.`));
  }
  return chosen;
}

function faultOf(supported: unknown, sent: unknown): string | undefined {
  if (!Array.isArray(supported) || !supported.every((value) => typeof value === 'string'))
    return 'Send a list of texts.';
  if (typeof sent !== 'string' || supported.includes(sent)) return undefined;
  return `Add "${sent.slice(0, 80)}" to the list, or leave out the member with this value.`;
}

function isPossible(value: string, asked: Members, sharedSecrets: boolean): boolean {
  if (value.startsWith('client_secret_')) return sharedSecrets;
  if (value !== 'private_key_jwt') return true;
  const algs = asked.get('tokenEndpointAuthSigningAlgValuesSupported');
  if (Array.isArray(algs) && !algs.some((alg) => assertionAlgs.test(String(alg)))) return false;
  return typeof asked.get('jwksUri') === 'string' || isSigningSet(asked.get('jwks'));
}

const isSigningSet = (jwks: unknown): boolean =>
  typeof jwks === 'object' &&
  jwks !== null &&
  'keys' in jwks &&
  Array.isArray(jwks.keys) &&
  hasSigningKey({ keys: jwks.keys });
