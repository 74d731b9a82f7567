import { describe, expect, test } from 'vitest';
import { judgeName, normaliseName } from '#lib/clients/rules';
import { reservedNameIn } from '#lib/names/index';
import { slugFrom } from '#lib/products/find';
import { comparableEmail, judgeEmail } from '#lib/users/email';
import { judgePassword } from '#lib/users/password';

/** As long as a form may be. */
const length = 3_000_000;
const texts = {
  'combining marks': `a${'\u0301\u0316'.repeat(length / 2)}`,
  words: 'a '.repeat(length / 2),
  'parts of a mail address': `a@${'a.'.repeat(length / 2)}`,
  joiners: '\u0645\u200c'.repeat(length / 2),
};
const judges: Record<string, (text: string) => unknown> = {
  judgeEmail,
  comparableEmail,
  judgePassword,
  judgeName,
  normaliseName,
  slugFrom,
  reservedNameIn,
};

describe.each(Object.entries(texts))('%s as long as a form are judged in a moment', (_name, text) => {
  test.each(Object.keys(judges))('by %s', (name) => {
    const before = process.cpuUsage();
    judges[name]?.(text);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
  });
});
