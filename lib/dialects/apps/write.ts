import { type Client, isPublicClient } from '#lib/clients/rules';

/** An application in the list. The secret is null where none was made here, and left out for who may not see any. */
export function writeOne(client: Client, secret: string | null | undefined) {
  return {
    id: client.number,
    name: client.name,
    client_id: client.clientId,
    ...(secret !== undefined && { client_secret: secret }),
    client_type: isPublicClient(client) ? 'public' : 'confidential',
  };
}

/** The answer to a creation: these three and no more. */
export function writeNew({ number, clientId }: Client, secret: string | undefined) {
  return { id: number, client_id: clientId, client_secret: secret };
}
