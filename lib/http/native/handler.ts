import type { z } from 'zod';
import { type ClientPosition, listClients } from '#lib/clients/index';
import { type Place, readCursor, writeCursor } from '#lib/cursors/index';
import {
  type clientOperations,
  type Operation,
  type Operations,
  readFilter,
  writeListed,
  writePage,
} from '#lib/dialects/native/index';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { type Issue, RegistryError } from '#lib/kernel/errors';
import type { Caller } from '../admission.ts';
import type { Call } from '../api.ts';

type ParametersOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [Key in Name]: string } & ParametersOf<Rest>
  : unknown;

type Read<O, Key extends string> = O extends { [K in Key]: infer T extends z.ZodType } ? z.output<T> : undefined;

/**
 * The input of a handler: the caller, and the request as the operation's schemas read it. Members of a client that could not be read are
 * missing in `body`; `misread` has their issues, and the verb throws them together with every broken rule.
 */
export type Input<O extends Operation> = (O['access'] extends 'anyone' ? { ctx: Context } : Caller) & {
  call: Call;
  params: ParametersOf<O['path']>;
  query: Read<O, 'query'>;
  body: O['media'] extends 'image' ? Uint8Array : Read<O, 'body'>;
} & (O extends { naming: 'client'; body: z.ZodObject } ? { misread: readonly Issue[] } : unknown);

/** The answer of an operation, by the operation's schema. */
type AnswerOf<O extends Operation> = {
  body: O extends { answer: infer T extends z.ZodType } ? z.input<T> : undefined;
  headers?: Record<string, string>;
};

export type Handler<O extends Operation> = (input: Input<O>) => Promise<AnswerOf<O>>;
export type Handlers<Os extends Operations> = { [Name in keyof Os]: Handler<Os[Name]> };

/** A page of the organization's clients. A cursor is valid only for the same organization, filter and order. */
export const listPage: Handler<typeof clientOperations.listClients> = async ({ ctx, organizationId, query }) => {
  const { filter, sort, limit, cursor } = readFilter(query);
  const list = ['clients', organizationId, sort, Object.entries(filter).filter(([, value]) => value !== undefined)];
  const start = cursor === undefined ? {} : startOf(readCursor(cursor, list));
  const page = await listClients(ctx, { filter: { ...filter, organizationId }, sort, limit, ...start });
  const cursorOf = (position: ClientPosition | undefined, before: boolean) =>
    position && writeCursor([position.key, position.clientId, before], list);
  return {
    body: writePage(
      page.items.map((client) => writeListed(client, env().appUrl)),
      { next: cursorOf(page.next, false), previous: cursorOf(page.previous, true) },
    ),
  };
};

function startOf(place: Place | undefined): { after: ClientPosition } | { before: ClientPosition } {
  if (!place) throw invalidCursor();
  const [key, clientId, before] = place;
  const position = { key: String(key), clientId: String(clientId) };
  return before ? { before: position } : { after: position };
}

/** The error for a cursor that was changed, or made for another caller, filter or order. */
export function invalidCursor(): RegistryError {
  const message = 'This cursor does not belong to this list: ask for the first page with the same filter and order.';
  return new RegistryError('invalid_metadata', message, { issues: [{ field: '?cursor', rule: 'cursor', message }] });
}
