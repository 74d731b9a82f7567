/** A request of a client that fitted no registration, and was answered by a page of ours. */
export type Refusal = {
  /** What the page told the person. */
  reference: string;
  clientId: string;
  /** RFC 6749 §4.1.2.1, `invalid_redirect_uri`, `invalid_client`. */
  error: string;
  description: string;
  /** As it was asked for, without its query. */
  redirectUri: string;
  /** There was a query, which is not kept: it may hold what is nobody's business. */
  hadQuery: boolean;
  times: number;
  createdAt: Date;
  lastAt: Date;
};
