/** A page and the ways on and back. */
export function writePage<T>(
  items: T[],
  { next, previous }: { next: string | undefined; previous: string | undefined },
) {
  return { items, next_cursor: next ?? null, previous_cursor: previous ?? null };
}
