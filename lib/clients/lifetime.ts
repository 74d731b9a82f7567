import { tableOf } from '#lib/table';

const units = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

const secondsIn = tableOf<number>(units);

export type LifetimeUnit = keyof typeof units;
export const lifetimeUnits = Object.keys(units) as LifetimeUnit[];

/** What people write as `2` and `hours`, in seconds; undefined unless it is a whole number of them. */
export function readLifetime(amount: string, unit: string): number | undefined {
  const each = secondsIn(unit);
  if (!/^\d{1,9}(?:[.,]\d{1,9})?$/.test(amount.trim()) || each === undefined) return undefined;
  const seconds = Number(amount.trim().replace(',', '.')) * each;
  return Number.isInteger(seconds) ? seconds : undefined;
}

/** Seconds in the largest unit that needs no fraction. */
export function writeLifetime(seconds: number): { amount: string; unit: LifetimeUnit } {
  const unit = lifetimeUnits.findLast((one) => seconds % units[one] === 0) ?? 'seconds';
  return { amount: String(seconds / units[unit]), unit };
}
