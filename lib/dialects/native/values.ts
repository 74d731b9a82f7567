import { z } from 'zod';
import { isMoment } from '#lib/kernel/values';

/** A moment in an answer: ISO 8601 in UTC, always to the millisecond. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .meta({ format: 'date-time', examples: ['2026-01-31T12:00:00.000Z'] });

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;
const isMomentText = (text: string) => rfc3339.test(text) && isMoment(new Date(text));

/** A moment in a request: RFC 3339, with its zone. */
export const momentSent = z
  .string()
  .refine(isMomentText, 'Send a date and time with its zone, like 2026-01-31T12:00:00Z.')
  // Before the transformation: it is the text that documents describe.
  .meta({ format: 'date-time', examples: ['2030-01-31T12:00:00Z'] })
  .transform((text) => new Date(text));

export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, 'Send an id: 32 hexadecimal digits with hyphens.')
  .meta({ format: 'uuid' });

/** A name of RFC 6749 §3.3's list of scopes, as one text. */
export const scope = z
  .string()
  .meta({ description: 'Scopes, separated by spaces (RFC 6749 §3.3).', examples: ['openid profile'] });

export const cursor = z
  .string()
  .max(4096)
  .meta({ description: 'Where the page begins: `next_cursor` or `previous_cursor` of a page of the same list.' });

export const limit = z.int().min(1).max(100).default(20).meta({ description: 'Items a page.' });

/** The end of a list that comes whole. */
export const unpagedList = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });

/** A page of a list, and the ways on and back. */
export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: 'Where the next page begins; null at the end.' }),
    previous_cursor: z.string().nullable().meta({ description: 'Where the previous page begins; null at the start.' }),
  });

export const writeMoment = (moment: Date): string => moment.toISOString();
export const writeMomentOrNull = (moment: Date | null): string | null => moment?.toISOString() ?? null;
