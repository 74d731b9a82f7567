import type { ClientRow, NewClientRow } from '#db/queries/clients';
import type { Client, ClientMetadata } from './client.ts';
import { fieldsOf } from './rules/fields.ts';

// The compiler refuses a field that has no column.
type Columns = Pick<NewClientRow, keyof ClientMetadata>;

/** Returns the columns of client metadata and drops every other property. */
export const columnsOf = (metadata: ClientMetadata): Columns => fieldsOf(metadata);

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Differing<A, B> = {
  [Name in keyof A | keyof B]: Name extends keyof A & keyof B
    ? Same<A[Name], B[Name]> extends true
      ? never
      : Name
    : Name;
}[keyof A | keyof B];

// The compiler reports each column without a field in `Client`, each field without a column, and each pair of different types.
({}) satisfies Record<Differing<ClientRow, Client>, never>;
