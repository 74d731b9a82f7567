import { type ClientFilter, type ClientSort, nameContainsLengthMin } from '#lib/clients/index';
import { applicationTypes, environments, grantTypes, isClientId, provenances, statuses } from '#lib/clients/rules';
import { type Cursor, readCursor } from './cursor.ts';

export const sorts = { created: 'Newest first', name: 'Name', lastUsed: 'Last used' } satisfies Record<
  ClientSort,
  string
>;
export const pageSizes = [20, 50, 100] as const;

type Params = Record<string, string | string[] | undefined>;

export type Search = {
  /** What the form shows: every parameter as it was sent, known or not. */
  sent: Record<string, string>;
  filter: ClientFilter;
  sort: ClientSort;
  limit: number;
  after?: Cursor | undefined;
  before?: Cursor | undefined;
  /** The parameters that could not be used. */
  problems: { name?: string; place?: string };
};

const oneOf = <T extends string>(list: readonly T[], text: string | undefined) => list.find((one) => one === text);

/** Reads the list's URL as a filter. Nothing in it is an error: unusable parameters are ignored and reported. */
export function readSearch(params: Params): Search {
  const texts = Object.entries(params).map(([name, value]): [string, string] => {
    // For a name such as `constructor`, Next gives the inherited value first.
    const sentAs = [value].flat().find((one) => typeof one === 'string') ?? '';
    const text = sentAs.replaceAll('\0', '').trim();
    return [name, text.slice(0, 4096).toWellFormed()];
  });
  const sent: Search['sent'] = Object.fromEntries(texts.filter(([, text]) => text !== ''));
  const sort = oneOf(Object.keys(sorts) as ClientSort[], sent.sort) ?? 'created';
  const problems: Search['problems'] = {};
  const cursor = (text: string | undefined) => {
    const read = text ? readCursor(text, sort) : undefined;
    if (text && !read) problems.place = 'That place in the list is not there: this is its beginning.';
    return read;
  };
  const tooShort = sent.q !== undefined && [...sent.q].length < nameContainsLengthMin;
  if (tooShort) problems.name = `Type at least ${nameContainsLengthMin} characters of the name.`;
  const reviewed = oneOf(['yes', 'no'], sent.verified);
  const product = Number(sent.product);
  const filter: ClientFilter = {
    applicationType: oneOf(applicationTypes, sent.type),
    environment: oneOf(environments, sent.environment),
    grantType: oneOf(grantTypes, sent.grant),
    status: oneOf(statuses, sent.status),
    provenance: oneOf(provenances, sent.from),
    verified: reviewed && reviewed === 'yes',
    organizationId: sent.organization && isClientId(sent.organization) ? sent.organization : undefined,
    productId: Number.isSafeInteger(product) && product > 0 && product < 2 ** 31 ? product : undefined,
    nameContains: tooShort ? undefined : sent.q,
  };
  const limit = pageSizes.find((size) => String(size) === sent.size) ?? 20;
  return { sent, filter, sort, limit, after: cursor(sent.after), before: cursor(sent.before), problems };
}

export const isFiltered = ({ filter }: Search) => Object.values(filter).some((value) => value !== undefined);

/** Returns the URL of another page of the same list. */
export function writeSearch({ sent }: Search, place: { after?: string; before?: string }): string {
  const { after: _after, before: _before, deleted: _deleted, ...rest } = sent;
  const query = new URLSearchParams({ ...rest, ...place }).toString();
  return query ? `/clients?${query}` : '/clients';
}
