import type { Client } from '#lib/clients/rules';

/** What an answer needs besides the client: its organization's id in this API, and its secret where it is told. */
export type Known = {
  orgId: string;
  /** Null: no readable copy is kept. Undefined: the caller may not see it. */
  secret: string | null | undefined;
};

/** A client as its own people see it. `redirect_uri` is there only where one is registered. */
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

/** The answer to a creation and to an update: the client with its secret. */
export function writeNew(client: Client, known: Known) {
  return { ok: true, client: writeOne(client, known) };
}
