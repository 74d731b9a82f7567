const members = ['access_token', 'refresh_token', 'id_token'];

/** Minted tokens, in the members that this API declares. */
export const writeTokens = (tokens: object) => ({
  result: Object.fromEntries(Object.entries(tokens).filter(([name]) => members.includes(name))),
});
