import { endArtifacts } from '#db/queries/artifacts';
import { database } from '../database.ts';
import { findPersonOfSubject } from '../subjects/index.ts';
import type { RegisteredClient } from './registered-client.ts';

const kinds = ['AuthorizationCode', 'DeviceCode', 'AccessToken', 'RefreshToken'];

/** Ends every code and token that a client was given for a person until a moment; `subject` is what the client calls them. Nobody by that name has none. */
export async function revokeOfPerson(client: RegisteredClient, subject: string, until: Date): Promise<void> {
  const userId = await findPersonOfSubject(database(), subject, client);
  if (userId !== undefined)
    await endArtifacts(database(), { of: 'person', id: `${client.clientId}/${userId}`, until, kinds });
}
