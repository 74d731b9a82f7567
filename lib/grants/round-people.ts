import { countPeopleOf, peopleMax } from '#db/queries/grants';
import type { Context } from '../context.ts';

/** How many people have allowed a client of the caller's own; `isMore` where they are not counted further. */
export async function countPeople({ db }: Context, { clientId }: { clientId: string }) {
  const count = await countPeopleOf(db, clientId);
  return { count, isMore: count === peopleMax };
}

/** How many people use an app, as a stranger may know: rounded down to 10, 20, 50, 100 …, so that nobody can be told by the count; 0 is fewer than ten. */
export function roundPeople(count: number): number {
  if (count < 10) return 0;
  const power = 10 ** Math.floor(Math.log10(count));
  const steps = [5 * power, 2 * power];
  return steps.find((step) => count >= step) ?? power;
}
