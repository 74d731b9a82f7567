/** What one statement deletes or changes at most. However much there is, none runs into the time after which the server gives a statement up. */
export const atOnce = 10_000;

/** Repeats a statement that deletes `atOnce` rows at most, or changes them so that it does not find them again, until there are no more; answers how many it were in all. */
export async function inSteps(some: () => PromiseLike<{ count: number }>): Promise<number> {
  for (let done = 0; ; ) {
    const { count } = await some();
    done += count;
    if (count < atOnce) return done;
  }
}
