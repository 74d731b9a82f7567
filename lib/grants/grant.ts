import type { ClientSnapshot } from '../metadata-documents/rules.ts';

/** What a person allowed a client. */
export type Grant = {
  id: string;
  userId: string;
  clientId: string;
  /** The person's organization in which the client acts for them; null once that is gone. */
  organizationId: string | null;
  scopes: string[];
  /** Scopes to which the person said no. */
  declined: string[];
  createdAt: Date;
  updatedAt: Date;
  lastUsedAt: Date | null;
  /** What the client said of itself when it was allowed; null where nobody asks. */
  snapshot: ClientSnapshot | null;
};
