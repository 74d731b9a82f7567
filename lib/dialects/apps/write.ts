import { type Client, isPublicClient } from '#lib/clients/rules';

/** Writes an application of the list. The secret is null if none was created through this API, and omitted if the caller may not see secrets. */
export function writeOne(client: Client, secret: string | null | undefined) {
  return {
    id: client.number,
    name: client.name,
    client_id: client.clientId,
    ...(secret !== undefined && { client_secret: secret }),
    client_type: isPublicClient(client) ? 'public' : 'confidential',
  };
}

/** Writes the response to a creation, with only these three members. */
export function writeNew({ number, clientId }: Client, secret: string | undefined) {
  return { id: number, client_id: clientId, client_secret: secret };
}
