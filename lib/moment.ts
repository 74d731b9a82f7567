/** Whether it is a moment that PostgreSQL takes as we write it: the years 1 to 9999, in UTC. */
export function isMoment(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}
