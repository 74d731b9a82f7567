import type { ClientPatch, NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { isStorableDate, isUuid } from '#lib/kernel/values';
import { readAll, readGiven } from './members.ts';
import { activationWire, newClientWire, patchWire, readMembers } from './wire.ts';

export type ReadNew = { metadata: NewClient; logo: Uint8Array | undefined; issues: Issue[] };

/** Reads a new client, with the issues of this API's own validation. The rule book checks the members that pass it. */
export function readNew(body: object): ReadNew {
  const { values, issues } = readMembers(newClientWire, body);
  return {
    metadata: { name: values.name ?? '', ...readAll(new Map(Object.entries(values))) },
    logo: values.logo,
    issues,
  };
}

type ReadPatch = { patch: ClientPatch & { logo?: Uint8Array }; issues: Issue[] };

/** Reads an update: only members that this API can change; a missing member keeps its value. */
export function readPatch(body: object): ReadPatch {
  const { values, issues } = readMembers(patchWire, body);
  const { name, logo } = values;
  const patch = {
    ...(name !== undefined && { name }),
    ...(logo !== undefined && { logo }),
    ...readGiven(new Map(Object.entries(values))),
  };
  return { patch, issues };
}

/** Reads whether to enable the client. */
export function readActivation(body: object): { enabled: boolean; issues: Issue[] } {
  const { values, issues } = readMembers(activationWire, body);
  return { enabled: values.status ?? false, issues };
}

type Query = Readonly<Record<string, string[]>>;
type ReadPage = { limit: number; after: { key: string; clientId: string } | undefined; issues: Issue[] };

const limitMax = 50;
const limitDefault = 30;
const beforeEveryId = '00000000-0000-0000-0000-000000000000';
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+ -]\d\d:\d\d)$/;

/** Reads the requested page. The position is the last row of the previous page; the list is newest first. */
export function readFilter(query: Query, { limitRequired }: { limitRequired: boolean }): ReadPage {
  const { one, limit, momentOf, issues } = readerOf(query, { limitRequired });
  const id = one('last_client_id');
  if (id !== undefined && !isUuid(id))
    issues.push({ field: 'last_client_id', rule: 'ErrorPattern', message: 'last_client_id is not a client id' });
  const key = momentOf('last_created_on');
  const after = key === undefined ? undefined : { key, clientId: id ?? beforeEveryId };
  return { limit, after, issues };
}

/** Reads the requested page of the caller's consents: those last changed before a time, newest first. */
export function readConsentFilter(query: Query): { limit: number; after: { at: Date } | undefined; issues: Issue[] } {
  const { limit, momentOf, issues } = readerOf(query, { limitRequired: true });
  const at = momentOf('last_modified_on');
  return { limit, after: at === undefined ? undefined : { at: new Date(at) }, issues };
}

function readerOf(query: Query, { limitRequired }: { limitRequired: boolean }) {
  const issues: Issue[] = [];
  const one = (name: string) => {
    const [value, ...more] = (query[name] ?? []).filter((one) => one !== '');
    if (more.length > 0) issues.push({ field: name, rule: 'ErrorPattern', message: `${name} is given more than once` });
    return value;
  };
  const limit = one('limit');
  if (limit === undefined && limitRequired)
    issues.push({ field: 'limit', rule: 'EmptyFieldError', message: 'limit must not be empty' });
  else if (limit !== undefined && !(/^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= limitMax))
    issues.push({ field: 'limit', rule: 'ErrorPattern', message: `limit must be a number from 1 to ${limitMax}` });
  const momentOf = (name: string) => {
    const value = one(name);
    const at = value === undefined ? undefined : readMoment(value);
    if (value !== undefined && at === undefined)
      issues.push({ field: name, rule: 'ErrorPattern', message: `${name} is not a date and time` });
    return at;
  };
  return { one, limit: Number(limit ?? limitDefault), momentOf, issues };
}

/** Reads a time as UTC with milliseconds. A space is read as the `+` that query decoding replaced. */
function readMoment(text: string): string | undefined {
  const at = moment.test(text) ? new Date(text.replace(/ (?=\d\d:\d\d$)/, '+')) : undefined;
  return at && isStorableDate(at) ? at.toISOString() : undefined;
}

/** Reads the ids of `?ids=a&ids=b` or `?ids=a,b` without duplicates; undefined without the parameter. */
export function readIds(query: Query): { ids: string[] | undefined; issues: Issue[] } {
  if (!query.ids) return { ids: undefined, issues: [] };
  const ids = [...new Set(query.ids.flatMap((list) => list.split(',')).map((id) => id.trim().toLowerCase()))];
  const tooMany = { field: 'ids', rule: 'ErrorPattern', message: `ids must name at most ${limitMax} clients` };
  return { ids: ids.filter((id) => isUuid(id)), issues: ids.length > limitMax ? [tooMany] : [] };
}

/** Reads the id in the path of an operation that documents no 404. */
export function readClientId(id = ''): { clientId: string; issues: Issue[] } {
  const wrong = { field: 'client_id', rule: 'ErrorPattern', message: 'client_id is not a client id' };
  return { clientId: id, issues: isUuid(id) ? [] : [wrong] };
}
