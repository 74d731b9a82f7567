import { expect, test } from 'vitest';
import { roundPeople } from '#lib/grants/find';

test.each([
  [0, 0],
  [1, 0],
  [9, 0],
  [10, 10],
  [19, 10],
  [20, 20],
  [49, 20],
  [50, 50],
  [99, 50],
  [100, 100],
  [999, 500],
  [1000, 1000],
])('%i people are shown as %i, 0 being fewer than ten', (count, shown) => {
  expect(roundPeople(count)).toBe(shown);
});
