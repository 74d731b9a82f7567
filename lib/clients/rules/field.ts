import type { Issue } from '#lib/kernel/errors';
import type { Environment } from '../client.ts';
import { type Check, flag, listOf, orNull, text } from './field-check.ts';
import { judgePage } from './metadata-pages.ts';
import { judgeText } from './name.ts';
import { judgeWebUri, withHttps } from './web-uri.ts';

export const textLengthMax = 255;

/** Each group may set every field that the groups after it may set. */
export const channelGroups = ['developers', 'vendors', 'registration', 'documents'] as const;
/**
 * `developers`: the portal and the native API. `vendors`: APIs of other products. `registration`: RFC 7591. `documents`: client
 * metadata documents.
 */
export type ChannelGroup = (typeof channelGroups)[number];

/** The field of a value, and the other values that its rule may read. */
export type Place = { field: string; environment: Environment; redirectUris: readonly string[] };

/** The spellings that a channel accepts in addition. */
export type Spelling = { schemelessUris?: boolean };

export type Field<T> = {
  /** The id of the rule about its type; see `docs/rules.md`. */
  rule: string;
  check: Check<T>;
  /** Its value if neither the caller nor the channel sets one. */
  byDefault: T;
  /** The last group of channels that may set it. */
  setBy: ChannelGroup;
  /** Its name in the history. */
  label: string;
  /** Returns the rules that the value alone breaks; rules on several fields are in `metadata.ts`. */
  judge?: (value: T, place: Place) => Issue[];
  /** Returns the stored form of the value. */
  normalise?: (value: T, channel: Spelling) => T;
};

type Described<T> = Omit<Field<T>, 'setBy' | 'byDefault' | 'judge' | 'normalise'> & {
  byDefault: NoInfer<T>;
  judge?: NoInfer<NonNullable<Field<T>['judge']>>;
  normalise?: NoInfer<NonNullable<Field<T>['normalise']>>;
};

/** Describes a field. Its type comes from `check`; the compiler refuses a default of another type. */
const setBy =
  <const Group extends ChannelGroup>(setBy: Group) =>
  <T>(description: Described<T>): Field<T> & { setBy: Group } => ({ ...description, setBy });
export const setByAll = setBy('documents');
export const setByRegistration = setBy('registration');
export const setByVendors = setBy('vendors');
export const setByDevelopers = setBy('developers');

export const unique = <T>(values: T[]) => [...new Set(values)];

export const texts = { check: listOf(text), byDefault: [] };
export const textOrNull = { check: orNull(text), byDefault: null };
export const off = { check: flag, byDefault: false };
/** Rule M13: the URL of an image. */
export const image = { rule: 'M13', ...textOrNull, judge: judgePage };
/** Rule M13: the URL of a page that is linked for people. */
export const page = {
  ...image,
  normalise: (uri: string | null, channel: Spelling) => (uri !== null && channel.schemelessUris ? withHttps(uri) : uri),
};
/** Rule M18: a URL of the client that browsers or this server call. */
export const endpoint = {
  rule: 'M18',
  ...textOrNull,
  judge: (uri: string | null, place: Place) => (uri === null ? [] : judgeWebUri(uri, { ...place, rule: 'M18' })),
};
/** Rule M22: a short text that identifies the software. */
export const software = {
  rule: 'M22',
  ...textOrNull,
  judge: (value: string | null, { field }: Place) =>
    value === null ? [] : judgeText(value, { field, rule: 'M22', lengthMax: textLengthMax }),
};
