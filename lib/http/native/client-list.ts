import { type ClientPosition, listClients } from '../../clients/index.ts';
import { type Place, readCursor, writeCursor } from '../../cursors/index.ts';
import { type clientOperations, readFilter, writeListed, writePage } from '../../dialects/native/index.ts';
import { env } from '../../env.ts';
import { RegistryError } from '../../errors.ts';
import type { Handler } from './handler.ts';

/** A page of the organization's clients. A cursor is good for the organization, the filter and the order that it was made for. */
export const listPage: Handler<typeof clientOperations.listClients> = async ({ ctx, organizationId, query }) => {
  const { filter, sort, limit, cursor } = readFilter(query);
  const list = ['clients', organizationId, sort, Object.entries(filter).filter(([, value]) => value !== undefined)];
  const at = cursor === undefined ? {} : placeOf(readCursor(cursor, list));
  const page = await listClients(ctx, { filter: { ...filter, organizationId }, sort, limit, ...at });
  const written = (position: ClientPosition | undefined, before: boolean) =>
    position && writeCursor([position.key, position.clientId, before], list);
  return {
    body: writePage(
      page.items.map((client) => writeListed(client, env().appUrl)),
      { next: written(page.next, false), previous: written(page.previous, true) },
    ),
  };
};

function placeOf(place: Place | undefined): { after: ClientPosition } | { before: ClientPosition } {
  if (!place) throw strangeCursor();
  const [key, clientId, before] = place;
  const position = { key: String(key), clientId: String(clientId) };
  return before ? { before: position } : { after: position };
}

/** Tampered with, of another caller, of another filter or order: it leads nowhere, and says no more. */
export function strangeCursor(): RegistryError {
  const message = 'This cursor does not belong to this list: ask for the first page with the same filter and order.';
  return new RegistryError('invalid_metadata', message, { issues: [{ field: '?cursor', rule: 'cursor', message }] });
}
