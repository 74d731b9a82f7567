import { listClientHistory } from '../../clients/index.ts';
import { readCursor, writeCursor } from '../../cursors/index.ts';
import { type clientOperations, writeEvent, writeRefusal } from '../../dialects/native/index.ts';
import { listRefusals } from '../../refusals/index.ts';
import { strangeCursor } from './client-list.ts';
import type { Handler } from './handler.ts';

/** A page of what happened to a client, newest first. */
export const listHistory: Handler<typeof clientOperations.listClientHistory> = async ({
  ctx,
  organizationId,
  params,
  query: { limit, cursor },
}) => {
  const list = ['history', organizationId, params.client_id.toLowerCase()];
  const place = cursor === undefined ? undefined : readCursor(cursor, list);
  if (cursor !== undefined && !place) throw strangeCursor();
  const events = await listClientHistory(ctx, params.client_id, {
    limit: limit + 1,
    ...(place && { before: Number(place[0]) }),
  });
  const items = events.slice(0, limit);
  const last = events.length > limit ? items.at(-1) : undefined;
  return { body: { items: items.map(writeEvent), next_cursor: last ? writeCursor([last.id], list) : null } };
};

/** A page of the requests in a client's name that were refused, the latest first. */
export const listClientRefusals: Handler<typeof clientOperations.listClientRefusals> = async ({
  ctx,
  organizationId,
  params,
  query: { limit, cursor },
}) => {
  const list = ['refusals', organizationId, params.client_id.toLowerCase()];
  const place = cursor === undefined ? undefined : readCursor(cursor, list);
  if (cursor !== undefined && !place) throw strangeCursor();
  const refusals = await listRefusals(ctx, params.client_id, {
    limit: limit + 1,
    ...(place && { before: { lastAt: new Date(String(place[0])), reference: String(place[1]) } }),
  });
  const items = refusals.slice(0, limit);
  const last = refusals.length > limit ? items.at(-1) : undefined;
  const next = last ? writeCursor([last.lastAt.toISOString(), last.reference], list) : null;
  return { body: { items: items.map(writeRefusal), next_cursor: next } };
};
