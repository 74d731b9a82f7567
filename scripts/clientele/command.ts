import type { Context } from '#lib/kernel/context';

/** What was typed behind a command: texts of options and whether flags were given. */
export type Typed = { texts: Record<string, string | undefined>; flags: ReadonlySet<string> };

/** A command that was typed wrongly: answered with its usage and exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Command = {
  /** As a person types it: `--name N` must be there, `[--name N]` may, `[--flag]` is a flag. The options are read from it. */
  usage: string;
  /** Answers what is printed as JSON, and the exit status when it is not 0. */
  run: (typed: Typed) => Promise<Result>;
};

export type Result = { data: unknown; status?: number };

/** A command that acts on the registry as its operator, on a database that is brought up to date first. */
export type Act = (ctx: Context, typed: Typed) => Promise<unknown>;

/** The text of an option that the usage requires. */
export function required({ texts }: Typed, name: string): string {
  const text = texts[name];
  if (text === undefined) throw new UsageError(`--${name} is missing.`);
  return text;
}
