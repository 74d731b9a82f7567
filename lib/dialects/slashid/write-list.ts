import type { Client } from '#lib/clients/rules';
import { writeOne } from './write-one.ts';

/** A part of the list, and how many there are in all. */
export function writeList(clients: readonly Client[], page: { limit: number; offset: number; total: number }) {
  const { limit, offset, total } = page;
  return { meta: { pagination: { limit, offset, total_count: total } }, errors: [], result: clients.map(writeOne) };
}
