import type { ClientRow, NewClientRow } from '#db/queries/clients';
import type { Client, ClientMetadata } from './client.ts';
import { fieldsOf } from './rules/fields.ts';

// The compiler refuses a field that has no column.
type Columns = Pick<NewClientRow, keyof ClientMetadata>;

/** The columns that a developer decides about, and no other, whatever else came with the metadata. */
export const columnsOf = (metadata: ClientMetadata): Columns => fieldsOf(metadata);

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Differing<A, B> = {
  [Name in keyof A | keyof B]: Name extends keyof A & keyof B
    ? Same<A[Name], B[Name]> extends true
      ? never
      : Name
    : Name;
}[keyof A | keyof B];

// The compiler names each column that is no field of `Client`, each field that is no column, and each pair whose types differ.
({}) satisfies Record<Differing<ClientRow, Client>, never>;
