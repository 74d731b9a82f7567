import type { ClientPatch, NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { isMoment, isUuid } from '#lib/kernel/values';
import { readAll, readGiven } from './members.ts';
import { activationWire, newClientWire, patchWire, readMembers } from './wire.ts';

export type ReadNew = { metadata: NewClient; logo: Uint8Array | undefined; issues: Issue[] };

/** A client to be created, and what this API's own validation says. The rule book judges the members that pass it. */
export function readNew(body: object): ReadNew {
  const { values, issues } = readMembers(newClientWire, body);
  return {
    metadata: { name: values.name ?? '', ...readAll(new Map(Object.entries(values))) },
    logo: values.logo,
    issues,
  };
}

type ReadPatch = { patch: ClientPatch & { logo?: Uint8Array }; issues: Issue[] };

/** What an update changes: the members it names among those that this API lets change; a member left out keeps its value. */
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

/** Whether the client is to be switched on. */
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

/** Which page of a list is asked for. The position is the last row seen: newest first, older ones follow. */
export function readFilter(query: Query, { limitRequired }: { limitRequired: boolean }): ReadPage {
  const { one, limit, momentOf, issues } = readerOf(query, { limitRequired });
  const id = one('last_client_id');
  if (id !== undefined && !isUuid(id))
    issues.push({ field: 'last_client_id', rule: 'ErrorPattern', message: 'last_client_id is not a client id' });
  const key = momentOf('last_created_on');
  const after = key === undefined ? undefined : { key, clientId: id ?? beforeEveryId };
  return { limit, after, issues };
}

/** Which page of the caller's own consents is asked for: those last changed before a moment, newest first. */
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

/** As UTC, to the millisecond. A `+` that the query turned into a space is taken back. */
function readMoment(text: string): string | undefined {
  const at = moment.test(text) ? new Date(text.replace(/ (?=\d\d:\d\d$)/, '+')) : undefined;
  return at && isMoment(at) ? at.toISOString() : undefined;
}

/** The ids of `?ids=a&ids=b` or `?ids=a,b`, each once; undefined when there is no such parameter. */
export function readIds(query: Query): { ids: string[] | undefined; issues: Issue[] } {
  if (!query.ids) return { ids: undefined, issues: [] };
  const ids = [...new Set(query.ids.flatMap((list) => list.split(',')).map((id) => id.trim().toLowerCase()))];
  const tooMany = { field: 'ids', rule: 'ErrorPattern', message: `ids must name at most ${limitMax} clients` };
  return { ids: ids.filter((id) => isUuid(id)), issues: ids.length > limitMax ? [tooMany] : [] };
}

/** The id in a path whose operation has no word for a client that is not there. */
export function readClientId(id = ''): { clientId: string; issues: Issue[] } {
  const wrong = { field: 'client_id', rule: 'ErrorPattern', message: 'client_id is not a client id' };
  return { clientId: id, issues: isUuid(id) ? [] : [wrong] };
}
