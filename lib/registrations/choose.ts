import { finding, hasSigningKey, refusal } from '../clients/rules.ts';
import type { Issue } from '../errors.ts';

type Choice = {
  list: string;
  /** The member of which these are the values. */
  of: string;
  rule: string;
  /** What is offered here, the strongest first. */
  offered: readonly string[];
};

/** By their domain names, the lists of what a client supports (OpenID Connect RP Metadata Choices 1.0 §2) of which something is chosen here. */
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
export function chooseValues(asked: Members, { sharedSecrets }: { sharedSecrets: boolean }): Chosen {
  const chosen: Chosen = { members: new Map(asked), replaced: [], issues: [] };
  for (const { list, of, rule, offered } of choices) {
    const supported = asked.get(list);
    chosen.members.delete(list);
    if (supported === undefined) continue;
    const sent = asked.get(of);
    const fault = faultOf(supported, sent);
    const possible = offered.filter((value) => isPossible(value, asked, sharedSecrets));
    const value = Array.isArray(supported) ? possible.find((one) => supported.includes(one)) : undefined;
    if (fault !== undefined) chosen.issues.push(refusal(list, rule, fault));
    else if (value === undefined) chosen.issues.push(refusal(list, rule, `Support one of ${possible.join(', ')}.`));
    else chosen.members.set(of, value);
    if (fault !== undefined || value === undefined) chosen.members.delete(of);
    else if (typeof sent === 'string' && sent !== value)
      chosen.replaced.push(finding(of, rule, `"${sent}" was replaced by "${value}", which the client supports too.`));
  }
  return chosen;
}

function faultOf(supported: unknown, sent: unknown): string | undefined {
  if (!Array.isArray(supported) || !supported.every((value) => typeof value === 'string'))
    return 'Send a list of texts.';
  if (typeof sent !== 'string' || supported.includes(sent)) return undefined;
  return `Add "${sent.slice(0, 80)}" to it, or leave out the one value: the list has to hold it.`;
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
