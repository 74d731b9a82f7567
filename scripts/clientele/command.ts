import type { Context } from '#lib/kernel/context';

/** The parsed arguments of a command: texts of options, and the given flags. */
export type Typed = { texts: Record<string, string | undefined>; flags: ReadonlySet<string> };

/** Wrong usage of a command; the CLI prints the usage and exits with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Command = {
  /** The usage line: `--name N` is required, `[--name N]` is optional, `[--flag]` is a flag. The options are parsed from it. */
  usage: string;
  /** Returns the data to print as JSON, and the exit status if it is not 0. */
  run: (typed: Typed) => Promise<Result>;
};

export type Result = { data: unknown; status?: number };

/** A command that acts on the registry as the operator, after migration of the database. */
export type Act = (ctx: Context, typed: Typed) => Promise<unknown>;

/** The text of an option that the usage requires. */
export function required({ texts }: Typed, name: string): string {
  const text = texts[name];
  if (text === undefined) throw new UsageError(`--${name} is missing.`);
  return text;
}

/** Names that are separated by spaces or commas. */
export const namesIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** One of the words that an option takes. */
export function readChoice<T extends string>(option: string, text: string, words: readonly T[]): T {
  const word = words.find((one) => one === text);
  if (word === undefined) throw new UsageError(`--${option} is ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`);
  return word;
}

/** A date (2026-12-31) or a time with its zone. */
export function readDate(option: string, text: string): Date {
  const date = new Date(text);
  if (/^\d{4}-\d\d-\d\d(T\S+(Z|[+-]\d\d:\d\d))?$/.test(text) && !Number.isNaN(date.getTime())) return date;
  throw new UsageError(`--${option} is a date, like 2026-12-31, or a time with its zone, like 2026-12-31T12:00:00Z.`);
}
