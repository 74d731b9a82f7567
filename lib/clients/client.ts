import type { Provenance } from '#lib/kernel/actor';
import { tableOf } from '#lib/kernel/table';
import { isUuid } from '#lib/kernel/values';
import type { ClientMetadata, Optional } from './rules/fields.ts';

export const applicationTypes = ['web', 'spa', 'native', 'device', 'machine'] as const;
export const environments = ['development', 'staging', 'production'] as const;
export const statuses = ['active', 'disabled', 'suspended'] as const;
export const reviewStates = ['none', 'pending', 'approved', 'rejected'] as const;
/** Grant types that may be registered (rule M4 leaves out implicit and password). */
export const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const;
export const responseTypes = ['code'] as const;
export const subjectTypes = ['public', 'pairwise'] as const;
export const signingAlgs = ['RS256', 'ES256'] as const;
export const authMethods = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;

export type ApplicationType = (typeof applicationTypes)[number];
export type Environment = (typeof environments)[number];
export type Status = (typeof statuses)[number];
export type ReviewState = (typeof reviewStates)[number];
export type GrantType = (typeof grantTypes)[number];
export type AuthMethod = (typeof authMethods)[number];

/** The fields that may have a text for each language (RFC 7591 §2.2). */
export const localizableFields = ['name', 'clientUri', 'logoUri', 'tosUri', 'policyUri'] as const;
/** Texts of one language, keyed by BCP 47 tag in `ClientMetadata.localized`. */
export type LocalizedTexts = { [Name in (typeof localizableFields)[number]]?: string };

export type { ClientMetadata };

/** A registered client as its organization sees it. Holds no secret material. */
export type Client = ClientMetadata & {
  clientId: string;
  /** Number in order of creation; `/o/apps/` uses it as the id. */
  number: number;
  organizationId: string;
  productId: number | null;
  provenance: Provenance;
  status: Status;
  reviewState: ReviewState;
  /** There is at least one redirect URI, and each is https on a domain that the publisher has proved to own. */
  verified: boolean;
  /** Registered dynamically, without a person's approval (rule P3). */
  selfRegistered: boolean;
  /** SHA-256 (hex) of the re-encoded logo. Null: pages show the initials. */
  logoHash: string | null;
  /** The `logoUri` from which the logo was fetched; null for an uploaded logo and without a logo. */
  logoFetchedFrom: string | null;
  metadataUrl: string | null;
  /** Increases by one with every edit. An edit can name the version that it is based on. */
  version: number;
  createdBy: string | null;
  /** The client that registered this one with its own access token (`client_credentials`), or null. */
  createdByClient: string | null;
  /** Marked by the operator as the platform's own. */
  firstParty: boolean;
  updatedBy: string | null;
  createdAt: Date;
  updatedAt: Date;
  lastUsedAt: Date | null;
};

/** Fields of a client to create. Omitted fields get the channel's default. */
export type NewClient = Optional<ClientMetadata> & { name: string };

/** Fields of a client to change. Omitted fields keep their value. `environment` is fixed at creation. */
export type ClientPatch = Optional<Omit<ClientMetadata, 'environment'>>;

/** Whether the client authenticates with a secret from the registry (not with a key, and not `none`). */
export function hasSharedSecret({ tokenEndpointAuthMethod }: Pick<ClientMetadata, 'tokenEndpointAuthMethod'>): boolean {
  return tokenEndpointAuthMethod === 'client_secret_basic' || tokenEndpointAuthMethod === 'client_secret_post';
}

/** RFC 6749 §2.1: a client that cannot keep a secret. */
export function isPublicClient(client: Pick<ClientMetadata, 'tokenEndpointAuthMethod'>): boolean {
  return client.tokenEndpointAuthMethod === 'none';
}

/** Whether `text` has the form of a client id. Any other text is answered like an unknown id. */
export const isClientId: (text: string) => boolean = isUuid;

const units = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

const secondsIn = tableOf<number>(units);

export type LifetimeUnit = keyof typeof units;
export const lifetimeUnits = Object.keys(units) as LifetimeUnit[];

/** Converts `2` and `hours` to seconds. Returns undefined if the result is not a whole number of seconds. */
export function readLifetime(amount: string, unit: string): number | undefined {
  const each = secondsIn(unit);
  if (!/^\d{1,9}(?:[.,]\d{1,9})?$/.test(amount.trim()) || each === undefined) return undefined;
  const seconds = Number(amount.trim().replace(',', '.')) * each;
  return Number.isInteger(seconds) ? seconds : undefined;
}

/** Converts seconds to the largest unit that needs no fraction. */
export function writeLifetime(seconds: number): { amount: string; unit: LifetimeUnit } {
  const unit = lifetimeUnits.findLast((one) => seconds % units[one] === 0) ?? 'seconds';
  return { amount: String(seconds / units[unit]), unit };
}
