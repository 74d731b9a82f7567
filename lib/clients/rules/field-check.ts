/** A fault in the type of a value. `at` is the path inside the value, such as `1` or `de.logoUri`; empty for the value itself. */
export type Flaw = { at: string; message: string };
/** Checks that a value has the type `T`. Returns every flaw, or an empty list. */
export interface Check<T> {
  (value: unknown): Flaw[];
  readonly of?: T;
}

const flaw = (message: string): Flaw[] => [{ at: '', message }];
const within = (at: string, flaws: Flaw[]): Flaw[] =>
  flaws.map((flaw) => ({ ...flaw, at: flaw.at === '' ? at : `${at}.${flaw.at}` }));

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Check<string> = (value) => (typeof value === 'string' ? [] : flaw('Send a text.'));
export const flag: Check<boolean> = (value) => (typeof value === 'boolean' ? [] : flaw('Send true or false.'));

export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value) =>
    value === null ? [] : check(value);

/** One of a list of texts. `reasons` explains why a value that other servers support is not offered here. */
export const oneOf =
  <const T extends string>(list: readonly T[], reasons: Readonly<Record<string, string>> = {}): Check<T> =>
  (value) => {
    if (list.some((one) => one === value)) return [];
    const reason = typeof value === 'string' && Object.hasOwn(reasons, value) ? `${reasons[value]} ` : '';
    return flaw(`${reason}Choose ${list.length === 1 ? '' : 'one of '}${list.join(', ')}.`);
  };

export const listOf =
  <T>(check: Check<T>, countMax = Number.POSITIVE_INFINITY): Check<T[]> =>
  (value) => {
    if (!Array.isArray(value)) return flaw('Send a list.');
    if (value.length > countMax) return flaw(`Send at most ${countMax}.`);
    return value.flatMap((item, index) => within(String(index), check(item)));
  };

/** An object with any keys, whose values all pass the check. */
export const recordOf =
  <T>(check: Check<T>): Check<Record<string, T>> =>
  (value) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => within(key, check(item)))
      : flaw('Send an object.');

export const wholeNumber =
  (min: number, max: number): Check<number> =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? []
      : flaw(`Send a whole number from ${min} to ${max}.`);

/** The texts of one language: an object whose keys are in `members` and whose values are texts. */
export const textsOf =
  <const Member extends string>(members: readonly Member[]): Check<{ [Name in Member]?: string }> =>
  (value) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          within(
            key,
            members.some((one) => one === key) ? text(item) : flaw(`Only ${members.join(', ')} have languages.`),
          ),
        )
      : flaw('Send an object of texts.');

/** A JSON Web Key Set (RFC 7517 §5). Rule M8 checks the keys themselves. */
export const keySet: Check<{ keys: Record<string, unknown>[] }> = (value) => {
  const example = 'like {"keys": [{"kty": "EC", …}]}';
  if (!isObject(value)) return flaw(`Send an object, ${example}.`);
  if (!Object.hasOwn(value, 'keys')) return flaw(`It needs the member keys, a list of public keys, ${example}.`);
  if (!Array.isArray(value.keys)) return [{ at: 'keys', message: `Send a list of public keys, ${example}.` }];
  return value.keys.flatMap((key, index) =>
    isObject(key) ? [] : [{ at: `keys.${index}`, message: 'A key is a JSON object.' }],
  );
};
