import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UsageError } from '#scripts/clientele/command';
import { everyCommand } from '#scripts/clientele/commands';
import { optionsOf, parse } from '#scripts/clientele/parse';
import { readDuration } from '#scripts/clientele/token';

const commands = await everyCommand();
const usage = 'token create --email E --scopes "a b" [--expires-in 30d] [--admin]';

describe('a command line', () => {
  test('is read by its usage line', () => {
    expect(optionsOf(usage)).toEqual([
      { name: 'email', isFlag: false, isRequired: true },
      { name: 'scopes', isFlag: false, isRequired: true },
      { name: 'expires-in', isFlag: false, isRequired: false },
      { name: 'admin', isFlag: true, isRequired: false },
    ]);
    const { texts, flags } = parse(usage, ['--scopes', 'a b', '--email=e@x.example', '--admin']);
    expect(texts).toEqual({ scopes: 'a b', email: 'e@x.example' });
    expect(flags).toEqual(new Set(['admin']));
  });

  test.each([
    [['--email', 'e'], 'Missing: --scopes.'],
    [[], 'Missing: --email, --scopes.'],
    [['--email', 'e', '--scopes', 'a', '--nope'], '--nope'],
    [['--email', 'e', '--scopes', 'a', 'stray'], 'stray'],
    [['--email'], '--email'],
    [['--admin=yes', '--email', 'e', '--scopes', 'a'], '--admin'],
  ])('%j is refused', (args, message) => {
    expect(() => parse(usage, args)).toThrow(UsageError);
    expect(() => parse(usage, args)).toThrow(message);
  });

  test('the commands are those of the README, in its order', () => {
    const listed = [...readFileSync('README.md', 'utf8').matchAll(/^npm run -s clientele -- (.*)$/gm)].map(
      ([, line]) => line,
    );
    expect(commands.map((command) => command.usage)).toEqual(listed);
  });
});

test.each([
  ['30d', 2_592_000],
  ['12h', 43_200],
  ['90m', 5400],
  ['45s', 45],
  ['2w', 1_209_600],
  ['1y', 31_536_000],
])('%s lasts %i seconds', (text, seconds) => expect(readDuration(text)).toBe(seconds));

test.each(['', '30', 'd', '0d', '-1d', '1.5h', '30 d', '30D', '9999999999d', 'forever'])('%j is no duration', (text) =>
  expect(() => readDuration(text)).toThrow(UsageError),
);
