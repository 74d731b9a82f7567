/** What one statement deletes at most. However much there is, none runs into the time after which the server gives a statement up. */
export const atOnce = 10_000;

/** Repeats a statement that deletes `atOnce` rows at most until there are no more; answers how many it were in all. */
export async function inSteps(deleteSome: () => PromiseLike<{ count: number }>): Promise<number> {
  for (let deleted = 0; ; ) {
    const { count } = await deleteSome();
    deleted += count;
    if (count < atOnce) return deleted;
  }
}
