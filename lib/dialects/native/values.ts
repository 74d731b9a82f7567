import { z } from 'zod';
import { isStorableDate } from '#lib/kernel/values';

/** A time in an answer: ISO 8601 in UTC with milliseconds. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .meta({ format: 'date-time', examples: ['2026-01-31T12:00:00.000Z'] });

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;
const isMomentText = (text: string) => rfc3339.test(text) && isStorableDate(new Date(text));

/** A time in a request: RFC 3339 with a time zone. */
export const momentSent = z
  .string()
  .refine(isMomentText, 'Send a date and time with its zone, like 2026-01-31T12:00:00Z.')
  // Described before the transformation, so that the document describes the text.
  .meta({ format: 'date-time', examples: ['2030-01-31T12:00:00Z'] })
  .transform((text) => new Date(text));

export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, 'Send an id: 32 hexadecimal digits with hyphens.')
  .meta({ format: 'uuid' });

/** Scopes as one space-separated text (RFC 6749 §3.3). */
export const scope = z
  .string()
  .meta({ description: 'Scopes, separated by spaces (RFC 6749 §3.3).', examples: ['openid profile'] });

export const cursor = z
  .string()
  .max(4096)
  .meta({ description: 'Where the page begins: `next_cursor` or `previous_cursor` of a page of the same list.' });

export const limit = z.int().min(1).max(100).default(20).meta({ description: 'Items a page.' });

/** A list without pages. */
export const unpagedList = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });

/** A page of a list, with the cursors of the next and the previous page. */
export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: 'Where the next page begins; null at the end.' }),
    previous_cursor: z.string().nullable().meta({ description: 'Where the previous page begins; null at the start.' }),
  });

export const writeMoment = (moment: Date): string => moment.toISOString();
export const writeMomentOrNull = (moment: Date | null): string | null => moment?.toISOString() ?? null;
