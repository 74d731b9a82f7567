import type { Client } from '#lib/clients/rules';

/** The answer to a creation: these three and no more. */
export function writeNew({ number, clientId }: Client, secret: string | undefined) {
  return { id: number, client_id: clientId, client_secret: secret };
}
