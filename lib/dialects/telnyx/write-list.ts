import type { Client } from '#lib/clients/rules';
import type { OwnGrant } from '#lib/grants/index';
import { writeGrant } from './write-grant.ts';
import { writeOne } from './write-one.ts';

type Page = { number: number; size: number; total: number };

/** A page. `total_pages` is always there: programs stop by it. */
export const writeList = (items: readonly Client[], page: Page) => ({ data: items.map(writeOne), meta: metaOf(page) });

export const writeGrants = (items: readonly OwnGrant[], page: Page) => ({
  data: items.map(writeGrant),
  meta: metaOf(page),
});

const metaOf = ({ number, size, total }: Page) => ({
  page_number: number,
  page_size: size,
  total_results: total,
  total_pages: Math.ceil(total / size),
});
