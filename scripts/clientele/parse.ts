import { parseArgs } from 'node:util';
import { type Typed, UsageError } from './command.ts';

type Option = { name: string; isFlag: boolean; isRequired: boolean };

/** The options of a usage line. */
export function optionsOf(usage: string): Option[] {
  return [...usage.matchAll(/(\[)?--([a-z-]+)( [^-\][\s][^\]\s]*)?/g)].map(([, optional, name = '', value]) => ({
    name,
    isFlag: !value,
    isRequired: !optional,
  }));
}

/** Parses arguments by the command's usage line. @throws UsageError: they do not match it */
export function parse(usage: string, args: readonly string[]): Typed {
  const options = optionsOf(usage);
  const config = options.map(({ name, isFlag }) => [name, { type: isFlag ? 'boolean' : 'string' }] as const);
  const { values } = readArgs(args, Object.fromEntries(config));
  const texts: Typed['texts'] = {};
  const flags = new Set<string>();
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') texts[name] = value;
    else if (value === true) flags.add(name);
  }
  const missing = options.filter(({ name, isRequired, isFlag }) => isRequired && !isFlag && texts[name] === undefined);
  if (missing.length > 0) throw new UsageError(`Missing: ${missing.map(({ name }) => `--${name}`).join(', ')}.`);
  return { texts, flags };
}

function readArgs(args: readonly string[], options: Record<string, { type: 'boolean' | 'string' }>) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
