import type { Issue } from '#lib/errors';

const levels = ['local_region', 'all_regions'];
const secondsMax = 120;

/**
 * What a write asks about the regions that must have it before the answer. There is one database, so every answer is as
 * consistent as can be asked for; only what cannot be meant is refused.
 */
export function readConsistency(level: string | undefined, timeout: string | undefined): Issue[] {
  const issues: Issue[] = [];
  const refuse = (field: string, message: string) => void issues.push({ field, rule: 'header', message });
  if (level && !levels.includes(level)) refuse('SlashID-Required-Consistency', `Choose ${levels.join(' or ')}.`);
  const seconds = timeout && /^\d{1,3}$/.test(timeout) ? Number(timeout) : 0;
  if (timeout && (seconds < 1 || seconds > secondsMax))
    refuse('SlashID-Required-Consistency-Timeout', `Send a whole number of seconds from 1 to ${secondsMax}.`);
  return issues;
}
