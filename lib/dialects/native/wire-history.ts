import { z } from 'zod';
import { provenances } from '#lib/clients/rules';
import { cursor, limit, moment, wholeList } from './values.ts';

const values = z.record(z.string(), z.unknown()).nullable();

const eventWire = z
  .strictObject({
    event_id: z.int(),
    at: moment,
    actor_kind: z.enum(['user', 'token', 'client', 'operator', 'system', 'anonymous']),
    actor_name: z.string().nullable(),
    channel: z.enum([...provenances, 'command_line']),
    action: z.string().meta({ examples: ['client.update'] }),
    before: values.meta({ description: 'What changed, as it was. Never secret material.' }),
    after: values,
  })
  .meta({ id: 'Event' });

export const historyQuery = z.strictObject({ limit, cursor: cursor.optional() });
export const historyWire = z
  .strictObject({ items: z.array(eventWire), next_cursor: z.string().nullable() })
  .meta({ id: 'EventPage' });

const managerWire = z.strictObject({ user_id: z.string(), name: z.string(), since: moment }).meta({ id: 'Manager' });
export const managersWire = wholeList(managerWire).meta({ id: 'Managers' });
