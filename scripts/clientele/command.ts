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
