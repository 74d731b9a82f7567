import { eq, getTableColumns } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { clients } from '#db/schema/client';
import { isFieldName } from '#lib/clients/rules';
import { db } from './database.ts';

export type Row = Record<string, unknown>;

/** Every column of a client, by its name in the code. */
export const columns: [string, PgColumn][] = Object.entries(getTableColumns(clients));

/** The columns that only the registry or the operator sets: those that are no field of the metadata. */
export const registrysOwn = columns.filter(([name]) => !isFieldName(name));

/** A valid value of the column that differs from the row's. */
export function another(name: string, column: PgColumn, row: Row): unknown {
  const known: Row = { status: 'suspended', reviewState: 'approved', provenance: 'docspace', environment: 'staging' };
  if (Object.hasOwn(known, name)) return known[name];
  if (column.dataType === 'boolean') return row[name] !== true;
  if (column.dataType === 'number') return 424_242;
  if (column.dataType === 'date') return new Date('2020-01-01T00:00:00Z');
  if (column.dataType === 'array') return ['profile'];
  if (column.dataType === 'json') return { keys: [] };
  return column.columnType === 'PgUUID' ? '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10' : `not ${String(row[name])}`;
}

/** Both spellings of those columns, each with a value that differs from the row's. */
export const smuggled = (row: Row, which = registrysOwn): Row =>
  Object.fromEntries(
    which.flatMap(([name, column]) => [
      [name, another(name, column, row)],
      [column.name, another(name, column, row)],
    ]),
  );

export async function rowOf(clientId: string): Promise<Row> {
  const [row] = await db.select().from(clients).where(eq(clients.clientId, clientId));
  if (!row) throw new Error('no client');
  return row;
}

const unique = ['clientId', 'number', 'name', 'nameSkeleton', 'createdAt', 'updatedAt'];
/** The values of a row that are equal for all clients created in the same way. */
export const comparable = (row: Row, which = columns): Row =>
  Object.fromEntries(which.flatMap(([name]) => (unique.includes(name) ? [] : [[name, row[name]]])));
