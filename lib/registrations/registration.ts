import type { OwnedClient } from '#lib/clients/index';
import type { NewClient } from '#lib/clients/rules';
import type { SelfManagedClient } from '#lib/kernel/actor';
import type { Issue } from '#lib/kernel/errors';

/** What a program asks to be registered, with what was wrong in reading it. */
export type AskedRegistration = {
  metadata: NewClient;
  issues: readonly Issue[];
  /** What was put in place of what was asked for. */
  replaced: readonly Issue[];
  /** As it was sent; its claims are in the metadata already. */
  softwareStatement: string | null;
};

/** What is registered. */
export type Registration = {
  client: OwnedClient;
  softwareStatement: string | null;
  /** A secret that was just made: readable here and never again. */
  secret?: string | undefined;
  /** Scopes that were asked for and are not registered. */
  droppedScopes: readonly string[];
  /** Values that were asked for and are not registered as they were (RFC 7591 §3.2.1). */
  replaced: readonly Issue[];
  /** What is registered as it was asked for and should be looked at. */
  findings: readonly Issue[];
};

/** Whoever holds the access token of a registration. */
export type Registered = {
  actor: SelfManagedClient;
  open: boolean;
  suspended: boolean;
  softwareStatement: string | null;
};
