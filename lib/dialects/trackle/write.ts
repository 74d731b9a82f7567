import type { Client } from '#lib/clients/rules';

/** The data of an answer besides the client: its organization's id in this API, and its secret if the caller may read it. */
export type Known = {
  orgId: string;
  /** Null: no readable copy is stored. Undefined: the caller may not see it. */
  secret: string | null | undefined;
};

/** Writes a client for its own organization. `redirect_uri` is present only if one is registered. */
export function writeOne(client: Client, { orgId, secret }: Known) {
  const [redirectUri] = client.redirectUris;
  return {
    id: client.clientId,
    name: client.name,
    org_id: orgId,
    scope: client.scopes.join(' '),
    ...(secret !== undefined && { secret }),
    type: typeOf(client),
    ...(redirectUri !== undefined && { redirect_uri: redirectUri }),
  };
}

function typeOf({ applicationType }: Client): 'installed' | 'web' {
  switch (applicationType) {
    case 'web':
    case 'spa':
      return 'web';
    case 'native':
    case 'device':
    case 'machine':
      return 'installed';
  }
}

/** Writes the response to a creation or an update: the client with its secret. */
export function writeNew(client: Client, known: Known) {
  return { ok: true, client: writeOne(client, known) };
}
