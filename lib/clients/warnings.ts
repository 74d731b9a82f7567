import type { Issue } from '../errors.ts';
import { redirectSchemes } from './check-metadata.ts';
import type { ClientMetadata, Provenance } from './client.ts';
import { judgeMetadata } from './metadata.ts';

/** The rule book's findings on a client as it is registered: nothing of it is refused, and its developer should look at it. */
export const warningsOf = (client: ClientMetadata & { provenance: Provenance }): Issue[] =>
  judgeMetadata(client, {
    channel: 'portal',
    provenance: client.provenance,
    allowedSchemes: redirectSchemes(),
  }).filter(({ severity }) => severity === 'warning');
