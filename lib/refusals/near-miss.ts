import { safeDecode } from './safe-decode.ts';

/** The ways in which two texts differ that people read over. */
export type NearMiss = 'slash_added' | 'slash_missing' | 'case' | 'encoding';

/** Which of these it is, if nothing else tells the two apart. */
export function nearMiss(registered: string, asked: string): NearMiss | undefined {
  if (registered === asked) return undefined;
  if (`${registered}/` === asked) return 'slash_added';
  if (registered === `${asked}/`) return 'slash_missing';
  if (safeDecode(registered) === safeDecode(asked)) return 'encoding';
  return registered.toLowerCase() === asked.toLowerCase() ? 'case' : undefined;
}
