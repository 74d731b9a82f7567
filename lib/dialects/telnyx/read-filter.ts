import type { Issue } from '#lib/errors';
import { isUuid } from '#lib/uuid';
import { clientTypes, grantTypes } from './wire.ts';

type Query = Readonly<Record<string, string[]>>;
/** In the domain's names; a filter that is absent lets everything through. */
export type Filter = {
  clientType?: 'public' | 'confidential';
  verified?: boolean;
  grantType?: string;
  name?: string;
  nameContains?: string;
  clientId?: string;
};
export type ReadPage = { number: number; size: number; issues: Issue[] };

const pageSizeMax = 100;
const pageSizeDefault = 20;
const pageNumberMax = 1_000_000_000;
const noClient = '00000000-0000-0000-0000-000000000000';

/** Which page of which clients is asked for. The names are flat keys: `filter[name]` and `filter[name][contains]` may stand together. */
export function readFilter(query: Query): ReadPage & { filter: Filter } {
  const { issues, choice, text, pageOf, refuseRest } = readerOf(query);
  const page = pageOf();
  const verified = choice('filter[verified]', ['true', 'false']);
  const clientId = text('filter[client_id]');
  const filter = {
    clientType: choice('filter[client_type]', clientTypes),
    verified: verified === undefined ? undefined : verified === 'true',
    grantType: choice('filter[allowed_grant_types][contains]', grantTypes),
    name: text('filter[name]')?.normalize('NFC'),
    nameContains: text('filter[name][contains]')?.normalize('NFC'),
    clientId: clientId === undefined || isUuid(clientId) ? clientId : noClient,
  };
  refuseRest();
  return { ...page, filter, issues };
}

/** Which page is asked for of a list that knows no filters. */
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
    // A parameter without a value counts as left out (RFC 6749 §3.1).
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
  // A filter that nobody knows would otherwise be answered as if it let everything through.
  const refuseRest = () => {
    for (const name of asked.keys())
      if (/^\s*(?:filter|page)\b/i.test(name)) refuse(name.slice(0, 100), 'There is no such parameter.');
  };
  return { issues, choice, text, pageOf, refuseRest };
}
