import type { Client, ClientPatch, NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { isUuid, normalized } from '#lib/kernel/values';
import { clientTypes, consentWire, grantTypes, newClientWire, patchWire, readMembers } from './wire.ts';
import { isGrantTypeHere } from './write.ts';

/** Reads a new client, with the issues of unreadable members. The rule book checks the others. */
export function readNew(body: object): { metadata: NewClient; issues: Issue[] } {
  const { values, issues } = readMembers(newClientWire, body);
  const metadata: NewClient = {
    name: values.name ?? '',
    scopes: values.allowed_scopes ?? [],
    tokenEndpointAuthMethod: values.client_type === 'public' ? 'none' : 'client_secret_basic',
    grantTypes: values.allowed_grant_types ?? [],
    redirectUris: values.redirect_uris ?? [],
    requirePkce: values.require_pkce ?? false,
    logoUri: values.logo_uri ?? null,
    tosUri: values.tos_uri ?? null,
    policyUri: values.policy_uri ?? null,
  };
  return { metadata, issues };
}

/** Reads an update of `before`: grant types that this API does not define stay. */
export function readPatch(body: object, before: Pick<Client, 'grantTypes'>): { patch: ClientPatch; issues: Issue[] } {
  const { values, issues } = readMembers(patchWire, body);
  const { name, allowed_scopes, allowed_grant_types, redirect_uris, require_pkce, logo_uri, tos_uri, policy_uri } =
    values;
  const others = before.grantTypes.filter((grant) => !isGrantTypeHere(grant));
  const patch = {
    ...(name !== undefined && { name }),
    ...(allowed_scopes && { scopes: allowed_scopes }),
    ...(allowed_grant_types && { grantTypes: [...allowed_grant_types, ...others] }),
    ...(redirect_uris && { redirectUris: redirect_uris }),
    ...(require_pkce != null && { requirePkce: require_pkce }),
    ...(logo_uri !== undefined && { logoUri: logo_uri }),
    ...(tos_uri !== undefined && { tosUri: tos_uri }),
    ...(policy_uri !== undefined && { policyUri: policy_uri }),
  };
  return { patch, issues };
}

type Query = Readonly<Record<string, string[]>>;
/** The filter, with the domain's names; a missing one matches everything. */
type Filter = {
  clientType?: 'public' | 'confidential' | undefined;
  verified?: boolean | undefined;
  grantType?: string | undefined;
  name?: string | undefined;
  nameContains?: string | undefined;
  clientId?: string | undefined;
};
type ReadPage = { number: number; size: number; issues: Issue[] };

const pageSizeMax = 100;
const pageSizeDefault = 20;
const pageNumberMax = 1_000_000_000;
const noClient = '00000000-0000-0000-0000-000000000000';

const nameOf = (text: string | undefined) => (text === undefined ? undefined : normalized(text, 'NFC'));

/** Reads the filter and the page. The names are flat keys: `filter[name]` and `filter[name][contains]` may be combined. */
export function readFilter(query: Query): ReadPage & { filter: Filter } {
  const { issues, choice, text, pageOf, refuseRest } = readerOf(query);
  const page = pageOf();
  const verified = choice('filter[verified]', ['true', 'false']);
  const clientId = text('filter[client_id]');
  const filter = {
    clientType: choice('filter[client_type]', clientTypes),
    verified: verified === undefined ? undefined : verified === 'true',
    grantType: choice('filter[allowed_grant_types][contains]', grantTypes),
    name: nameOf(text('filter[name]')),
    nameContains: nameOf(text('filter[name][contains]')),
    clientId: clientId === undefined || isUuid(clientId) ? clientId : noClient,
  };
  refuseRest();
  return { ...page, filter, issues };
}

/** Reads the requested page of a list without filters. */
export function readPage(query: Query): ReadPage {
  const { issues, pageOf, refuseRest } = readerOf(query);
  const page = pageOf();
  refuseRest();
  return { ...page, issues };
}

function readerOf(query: Query) {
  const issues: Issue[] = [];
  const refuse = (field: string, message: string) => void issues.push({ field, rule: 'query', message });
  const asked = new Map(Object.entries(query));
  const one = (name: string) => {
    // A parameter without a value counts as missing (RFC 6749 §3.1).
    const [value, ...more] = (asked.get(name) ?? []).filter((one) => one !== '');
    asked.delete(name);
    if (more.length > 0) refuse(name, 'It is given more than once.');
    return value;
  };
  const whole = (name: string, max: number, silent: number) => {
    const value = one(name);
    if (value === undefined) return silent;
    const number = /^\d{1,10}$/.test(value) ? Number(value) : 0;
    if (number < 1 || number > max) refuse(name, `Send a whole number from 1 to ${max}.`);
    return number;
  };
  const choice = <Name extends string>(name: string, names: readonly Name[]) => {
    const value = one(name);
    const chosen = names.find((known) => known === value);
    if (value !== undefined && chosen === undefined) refuse(name, `Choose ${names.join(' or ')}.`);
    return chosen;
  };
  const text = (name: string) => {
    const value = one(name);
    if (value !== undefined && (value.includes('\0') || !value.isWellFormed())) refuse(name, 'It is no text.');
    return value;
  };
  const pageOf = () => ({
    number: whole('page[number]', pageNumberMax, 1),
    size: whole('page[size]', pageSizeMax, pageSizeDefault),
  });
  // An unknown filter is refused; ignoring it would match everything.
  const refuseRest = () => {
    for (const name of asked.keys())
      if (/^\s*(?:filter|page)\b/i.test(name)) refuse(name.slice(0, 100), 'There is no such parameter.');
  };
  return { issues, choice, text, pageOf, refuseRest };
}

/** Reads a person's answer to a pending request. */
export function readConsent(body: object): { allowed: boolean; consentToken: string; issues: Issue[] } {
  const { values, issues } = readMembers(consentWire, body);
  return { allowed: values.allowed ?? false, consentToken: values.consent_token ?? '', issues };
}
