/** Variants of `body` as JSON: for each place in it, `name` as the value, as the only item of a list, and as an additional key. */
export function allFieldsOf(body: object, name: string): string[] {
  const all: string[] = [];
  const walk = (value: unknown, write: (changed: string) => string) => {
    const text = JSON.stringify(name);
    all.push(write(text), write(`[${text}]`), write(`{${text}:${text}}`));
    if (typeof value !== 'object' || value === null) return;
    const entries = Object.entries(value);
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    const member = (key: string, of: string) => (Array.isArray(value) ? of : `${JSON.stringify(key)}:${of}`);
    if (!Array.isArray(value))
      all.push(
        write(`{${[...entries.map(([key, of]) => member(key, JSON.stringify(of))), `${text}:${text}`].join(',')}}`),
      );
    for (const [at, [, inner]] of entries.entries())
      walk(inner, (changed) =>
        write(
          `${open}${entries.map(([one, of], n) => member(one, n === at ? changed : JSON.stringify(of))).join(',')}${close}`,
        ),
      );
  };
  walk(body, (changed) => changed);
  return all;
}
