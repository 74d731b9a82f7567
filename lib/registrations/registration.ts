import type { OwnedClient } from '#lib/clients/index';
import type { NewClient } from '#lib/clients/rules';
import type { SelfManagedClient } from '#lib/kernel/actor';
import type { Issue } from '#lib/kernel/errors';

/** A registration request in the domain's names, with the issues found while reading it. */
export type RegistrationRequest = {
  metadata: NewClient;
  issues: readonly Issue[];
  /** Requested values that were replaced (RFC 7591 §3.2.1). */
  replaced: readonly Issue[];
  /** The JWT as it was sent; its claims are merged into the metadata. */
  softwareStatement: string | null;
};

/** A registration as it is stored. */
export type Registration = {
  client: OwnedClient;
  softwareStatement: string | null;
  /** A new secret; it is returned only once. */
  secret?: string | undefined;
  /** Requested scopes that are not registered. */
  droppedScopes: readonly string[];
  /** Requested values that were replaced (RFC 7591 §3.2.1). */
  replaced: readonly Issue[];
  /** Warnings on values that are registered as requested. */
  findings: readonly Issue[];
};

/** The holder of a registration access token. */
export type RegistrationHolder = {
  actor: SelfManagedClient;
  open: boolean;
  suspended: boolean;
  softwareStatement: string | null;
};
