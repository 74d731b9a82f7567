import { selectClientPage } from '#db/queries/client-list';
import type { Context } from '../context.ts';
import type { Client } from './client.ts';
import { type ClientFilter, listed } from './list.ts';

const rowsAtOnce = 1000;

/** Every client that matches, oldest first, a thousand at a time: for APIs whose lists have no pages. */
export async function* listAllClients(ctx: Context, filter: ClientFilter): AsyncGenerator<Client[]> {
  const wanted = { tenancy: listed(ctx, filter), filter, sort: 'created', limit: rowsAtOnce, backwards: true } as const;
  for (let more = true, from: { key: string; clientId: string } | undefined; more; ) {
    const rows = await selectClientPage(ctx.db, { ...wanted, from });
    const shown = rows.slice(0, rowsAtOnce);
    yield shown.map(({ sortKey: _, ...client }) => client);
    const last = shown.at(-1);
    more = rows.length > rowsAtOnce;
    from = last && { key: last.sortKey, clientId: last.clientId };
  }
}
