/** The number in a path, by which this API knows an application; undefined for a text that is the number of none. */
export function readNumber(text = ''): number | undefined {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.NaN;
  return number <= 2 ** 31 - 1 ? number : undefined;
}
