import type { Client } from '#lib/clients/rules';
import { writeOne } from './write-one.ts';

/** A page. `total_pages` is always there: programs stop by it. */
export function writeList(items: readonly Client[], page: { number: number; size: number; total: number }) {
  return {
    data: items.map(writeOne),
    meta: {
      page_number: page.number,
      page_size: page.size,
      total_results: page.total,
      total_pages: Math.ceil(page.total / page.size),
    },
  };
}
