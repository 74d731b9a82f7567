/** An API for which access tokens are issued (RFC 8707). */
export type Resource = {
  /** Absolute and without a fragment: the `aud` of its tokens, which clients name in `resource` in any spelling of the same meaning. */
  uri: string;
  name: string;
  /** What can be allowed there: names of the catalogue. */
  scopes: string[];
  accessTokenFormat: 'opaque' | 'jwt';
  /** The longest that a token for it lives; null: as its client registered. */
  lifetimeSeconds: number | null;
  /** The client as which the API itself asks about tokens (RFC 7662). */
  introspectedBy: string | null;
  /** The operator's choice for scopes that several resources offer; one at most. */
  isDefault: boolean;
  createdAt: Date;
};

/** A JWT cannot be taken back before it ends. */
export const jwtLifetimeSecondsMax = 300;
