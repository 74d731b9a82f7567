import { ConfigurationError } from '#lib/kernel/env';
import { isRegistryError } from '#lib/kernel/errors';
import { UsageError } from './command.ts';
import { commandsOf, everyCommand } from './commands.ts';
import { parse } from './parse.ts';

/** Runs a command; returns the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  if (args[0] === '--help' || args[0] === 'help') {
    process.stderr.write(usageOf(await everyCommand()));
    return 0;
  }
  const command = (await commandsOf(args[0])).find(({ usage }) => isCalledBy(usage, args));
  if (!command) {
    process.stderr.write(
      `${args.length === 0 ? '' : `There is no command ${JSON.stringify(args.join(' '))}.\n`}${usageOf(await everyCommand())}`,
    );
    return 2;
  }
  try {
    const { data, status = 0 } = await command.run(parse(command.usage, args.slice(wordsOf(command.usage).length)));
    process.stdout.write(`${JSON.stringify(data)}\n`);
    return status;
  } catch (error) {
    process.stderr.write(explain(error));
    if (!(error instanceof UsageError)) return 1;
    process.stderr.write(usageOf([command]));
    return 2;
  }
}

/** The words before the first option: `user create`. */
const wordsOf = (usage: string) => usage.split(/ \[?--/, 1)[0]?.split(' ') ?? [];
const isCalledBy = (usage: string, args: readonly string[]) => wordsOf(usage).every((word, i) => args[i] === word);
const usageOf = (shown: readonly { usage: string }[]) =>
  ['Usage:', ...shown.map(({ usage }) => `  npm run -s clientele -- ${usage}`), ''].join('\n');

function explain(error: unknown): string {
  if (isRegistryError(error)) {
    const issues =
      error.issues.length === 0 && error.field ? [{ field: error.field, message: error.message }] : error.issues;
    const lines = issues.map(({ field, message }) => `--${field.replace(/Id$/, '')}: ${message}\n`);
    return lines.length > 0 ? lines.join('') : `${error.message}\n`;
  }
  if (error instanceof UsageError || error instanceof ConfigurationError) return `${error.message}\n`;
  return `${error instanceof Error ? (error.stack ?? error.message) : error}\n`;
}
