import type { RefusalEndpoint, RefusalReason } from './reason.ts';

/** A request of a client that was refused. */
export type Refusal = {
  /** What the page told the person, where one was shown. */
  reference: string;
  clientId: string;
  endpoint: RefusalEndpoint;
  reason: RefusalReason;
  /** RFC 6749 §4.1.2.1, §5.2. */
  error: string;
  description: string;
  /** What was sent, of the parameter that the reason is about; never a credential. */
  asked: string;
  /** As it was asked for, without its query. */
  redirectUri: string;
  /** There was a query, which is not kept: it may hold what is nobody's business. */
  hadQuery: boolean;
  /** Stands for all further ones of its kind, of which the latest is told. */
  isRest: boolean;
  times: number;
  createdAt: Date;
  lastAt: Date;
};
