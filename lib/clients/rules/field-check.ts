/** What is wrong with the type of a value: `at` is the way into it, `1` or `de.logoUri`; empty for the value itself. */
export type Flaw = { at: string; message: string };
/** Finds no flaw in a value of type `T`. */
export interface Check<T> {
  (value: unknown): Flaw[];
  readonly of?: T;
}

const say = (message: string): Flaw[] => [{ at: '', message }];
const within = (at: string, flaws: Flaw[]): Flaw[] =>
  flaws.map((flaw) => ({ ...flaw, at: flaw.at === '' ? at : `${at}.${flaw.at}` }));

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Check<string> = (value) => (typeof value === 'string' ? [] : say('Send a text.'));
export const flag: Check<boolean> = (value) => (typeof value === 'boolean' ? [] : say('Send true or false.'));

export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value) =>
    value === null ? [] : check(value);

/** `reasons` says why a value that other servers know is not offered here. */
export const oneOf =
  <const T extends string>(list: readonly T[], reasons: Readonly<Record<string, string>> = {}): Check<T> =>
  (value) => {
    if (list.some((one) => one === value)) return [];
    const reason = typeof value === 'string' && Object.hasOwn(reasons, value) ? `${reasons[value]} ` : '';
    return say(`${reason}Choose ${list.length === 1 ? '' : 'one of '}${list.join(', ')}.`);
  };

export const listOf =
  <T>(check: Check<T>, countMax = Number.POSITIVE_INFINITY): Check<T[]> =>
  (value) => {
    if (!Array.isArray(value)) return say('Send a list.');
    if (value.length > countMax) return say(`Send at most ${countMax}.`);
    return value.flatMap((item, index) => within(String(index), check(item)));
  };

/** An object of any members, each of which passes the check. */
export const recordOf =
  <T>(check: Check<T>): Check<Record<string, T>> =>
  (value) =>
    isObject(value) ? Object.entries(value).flatMap(([key, item]) => within(key, check(item))) : say('Send an object.');

export const wholeNumber =
  (min: number, max: number): Check<number> =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? []
      : say(`Send a whole number from ${min} to ${max}.`);

/** Texts of one language: the members of `members`, each a text. */
export const textsOf =
  <const Member extends string>(members: readonly Member[]): Check<{ [Name in Member]?: string }> =>
  (value) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          within(
            key,
            members.some((one) => one === key) ? text(item) : say(`Only ${members.join(', ')} have languages.`),
          ),
        )
      : say('Send an object of texts.');

/** RFC 7517 §5; what a key must hold is rule M8's own check. */
export const keySet: Check<{ keys: Record<string, unknown>[] }> = (value) => {
  const example = 'like {"keys": [{"kty": "EC", …}]}';
  if (!isObject(value)) return say(`Send an object, ${example}.`);
  if (!Object.hasOwn(value, 'keys')) return say(`It needs the member keys, a list of public keys, ${example}.`);
  if (!Array.isArray(value.keys)) return [{ at: 'keys', message: `Send a list of public keys, ${example}.` }];
  return value.keys.flatMap((key, index) =>
    isObject(key) ? [] : [{ at: `keys.${index}`, message: 'A key is a JSON object.' }],
  );
};
