import { describe, expect, test } from 'vitest';
import { judgeJsonStructure } from '#lib/http/body';

const judge = (text: string) => judgeJsonStructure(text, 8);

describe('the structure of a JSON body', () => {
  test.each([
    '{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}',
    '["a","a"]',
    '{"a":"\\"a\\":1,\\"a\\":2"}',
    '{"a":"\\\\","b":1}',
    '{"a" : {"b" : "a"}, "c":"a"}',
    '[[[[[[[[]]]]]]]]',
    '"a"',
    '',
    '{"a',
    '}}]]',
  ])('accepts %s', (text) => {
    expect(judge(text)).toBeUndefined();
  });

  test.each(['{"a":1,"a":2}', '{"a":1,"b":[],"a" :2}', '[{"x":{"a":1,"\\u0061":2}}]', '{"__proto__":1,"__proto__":2}'])(
    'names a key that is there twice: %s',
    (text) => {
      expect(judge(text)).toMatch(/twice/);
    },
  );

  test('refuses nesting beyond the limit, however deep, without running out of stack', () => {
    expect(judge('[[[[[[[[[')).toMatch(/deeper than 8/);
    expect(judge('{"a":'.repeat(100_000))).toMatch(/deeper/);
  });

  test('reads two million characters of one text in linear time', () => {
    const began = performance.now();
    expect(judge(`{"logo":"${'A'.repeat(2_000_000)}","name":"x"}`)).toBeUndefined();
    expect(judge(`{"logo":"${'\\"'.repeat(1_000_000)}","name":"x"}`)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
