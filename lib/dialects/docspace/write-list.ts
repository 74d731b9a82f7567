type Item = { client_id: string; created_on: string };

/**
 * A page: the last row's id and time when more follow, else null. `response` repeats the items with an `id`, as this
 * API's published examples expect them.
 */
export function writeList(items: readonly Item[], { limit, more }: { limit: number; more: boolean }) {
  const last = more ? items.at(-1) : undefined;
  return {
    data: items,
    last_client_id: last?.client_id ?? null,
    last_created_on: last?.created_on ?? null,
    limit,
    response: items.map((item) => ({ id: item.client_id, ...item })),
  };
}

type Described = { name: string; group: string; access: 'read' | 'write' | 'identity' };

/** The catalogue of scopes; this API calls what identifies a person `openid`. */
export function writeScopes(scopes: readonly Described[]) {
  return scopes.map(({ name, group, access }) => ({ name, group, type: access === 'identity' ? 'openid' : access }));
}
