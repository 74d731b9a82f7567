import { z } from 'zod';
import { provenances } from '#lib/clients/rules';
import { refusalEndpoints, refusalReasons } from '#lib/refusals/rules';
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

const refusalWire = z
  .strictObject({
    reference: z.string().meta({ description: 'What the error page tells the person.', examples: ['BCDFG-23467'] }),
    endpoint: z.enum(refusalEndpoints),
    reason: z.enum(refusalReasons),
    error: z.string().meta({ description: 'RFC 6749 §4.1.2.1, §5.2.', examples: ['invalid_request'] }),
    error_description: z.string(),
    sent: z
      .string()
      .meta({ description: 'Of the parameter that the reason is about; empty where it is a credential.' }),
    redirect_uri: z
      .string()
      .meta({ description: 'As it was asked for, without its query; empty where it is not the reason.' }),
    redirect_uri_had_query: z.boolean(),
    is_rest: z
      .boolean()
      .meta({ description: 'Stands for all further ones of its endpoint and reason; tells the latest.' }),
    times: z.int(),
    first_at: moment,
    last_at: moment,
  })
  .meta({
    id: 'Refusal',
    description: 'A request in the name of the client that was refused. Never a secret, code or token.',
  });

export const refusalsWire = z
  .strictObject({ items: z.array(refusalWire), next_cursor: z.string().nullable() })
  .meta({ id: 'RefusalPage' });

const managerWire = z.strictObject({ user_id: z.string(), name: z.string(), since: moment }).meta({ id: 'Manager' });
export const managersWire = wholeList(managerWire).meta({ id: 'Managers' });
