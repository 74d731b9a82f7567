import type { Issue } from '#lib/errors';

type Query = Readonly<Record<string, string[]>>;
export type ReadPage = { limit: number; offset: number; issues: Issue[] };

const limitMax = 1000;
const offsetMax = 2 ** 31 - 1;

/** Which part of a list is asked for: everything, up to a thousand clients, unless told. */
export function readFilter(query: Query): ReadPage {
  const issues: Issue[] = [];
  const whole = (field: string, min: number, max: number, silent: number) => {
    const [value, ...more] = (query[field] ?? []).filter((one) => one !== '');
    if (value === undefined) return silent;
    const number = /^\d{1,10}$/.test(value) && more.length === 0 ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    issues.push({ field, rule: 'query', message: `Send one whole number from ${min} to ${max}.` });
    return silent;
  };
  return { limit: whole('limit', 1, limitMax, limitMax), offset: whole('offset', 0, offsetMax, 0), issues };
}
