import type { NewClientRow } from '#db/queries/clients';
import type { ClientMetadata } from './client.ts';
import { fieldsOf } from './fields.ts';

// The compiler refuses a field that has no column.
type Columns = Pick<NewClientRow, keyof ClientMetadata>;

/** The columns that a developer decides about, and no other, whatever else came with the metadata. */
export const columnsOf = (metadata: ClientMetadata): Columns => fieldsOf(metadata);
