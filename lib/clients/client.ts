export const applicationTypes = ['web', 'spa', 'native', 'device', 'machine'] as const;
export const environments = ['development', 'staging', 'production'] as const;
export const provenances = [
  'portal',
  'native',
  'docspace',
  'telnyx',
  'slashid',
  'trackle',
  'apps',
  'registration',
  'metadata_document',
] as const;
export const statuses = ['active', 'disabled', 'suspended'] as const;
export const reviewStates = ['none', 'pending', 'approved', 'rejected'] as const;
/** Grant types that may be registered (rule M4 leaves out implicit and password). */
export const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const;
export const authMethods = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;

export type ApplicationType = (typeof applicationTypes)[number];
export type Environment = (typeof environments)[number];
export type Provenance = (typeof provenances)[number];
export type Status = (typeof statuses)[number];
export type ReviewState = (typeof reviewStates)[number];
export type GrantType = (typeof grantTypes)[number];
export type AuthMethod = (typeof authMethods)[number];

/** Texts of one language, keyed by BCP 47 tag in `ClientMetadata.localized` (RFC 7591 §2.2). */
export type LocalizedTexts = {
  name?: string;
  clientUri?: string;
  logoUri?: string;
  tosUri?: string;
  policyUri?: string;
};

/** What a developer decides about a client; the same in every channel (RFC 7591 §2 in the domain's names). */
export type ClientMetadata = {
  name: string;
  description: string;
  applicationType: ApplicationType;
  /** Fixed at creation. */
  environment: Environment;
  tokenEndpointAuthMethod: AuthMethod;
  /** The client may also come without its secret, with PKCE instead (DocSpace's `allow_pkce`). */
  secretOptional: boolean;
  requirePkce: boolean;
  grantTypes: GrantType[];
  responseTypes: string[];
  scopes: string[];
  /** Those of `scopes` that a person may decline on the consent page; all others are required together. */
  optionalScopes: string[];
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  allowedOrigins: string[];
  clientUri: string | null;
  /** Where the developer says the logo is. Never linked from a page: it is fetched once, where none was uploaded; `logoHash` is what is shown. */
  logoUri: string | null;
  tosUri: string | null;
  policyUri: string | null;
  contacts: string[];
  localized: Record<string, LocalizedTexts>;
  accessTokenLifetimeSeconds: number;
  refreshTokenLifetimeSeconds: number;
  /** Members of other organizations may authorize it (DocSpace's `is_public`). */
  openToOtherOrganizations: boolean;
  jwks: { keys: Record<string, unknown>[] } | null;
  jwksUri: string | null;
  softwareId: string | null;
  softwareVersion: string | null;
  subjectType: 'public' | 'pairwise';
  sectorIdentifierUri: string | null;
  idTokenSignedResponseAlg: string;
  /** Null: userinfo answers plain JSON (OpenID Connect Registration §2). */
  userinfoSignedResponseAlg: string | null;
  initiateLoginUri: string | null;
  backchannelLogoutUri: string | null;
  backchannelLogoutSessionRequired: boolean;
  defaultMaxAgeSeconds: number | null;
  requireAuthTime: boolean;
  defaultAcrValues: string[];
  requirePushedAuthorizationRequests: boolean;
  dpopBoundAccessTokens: boolean;
};

/** A registered client as its organization sees it. Holds no secret material. */
export type Client = ClientMetadata & {
  clientId: string;
  /** Order of creation; the id of `/o/apps/`. */
  number: number;
  organizationId: string;
  productId: number | null;
  provenance: Provenance;
  status: Status;
  reviewState: ReviewState;
  /** Every redirect URI, and there is one, is https under a domain proved to be the publisher's. */
  verified: boolean;
  /** It registered itself, with nobody's leave (rule P3). */
  selfRegistered: boolean;
  /** SHA-256 (hex) of the re-encoded logo, or null: initials are shown. */
  logoHash: string | null;
  /** The `logoUri` from which the logo was fetched; null for one that was uploaded, and where there is none. */
  logoFetchedFrom: string | null;
  metadataUrl: string | null;
  /** Grows by one with every edit; an edit names the version it was made on. */
  version: number;
  createdBy: string | null;
  /** The client that registered it by itself, if one did. */
  createdByClient: string | null;
  /** Marked by the operator as the platform's own. */
  firstParty: boolean;
  updatedBy: string | null;
  createdAt: Date;
  updatedAt: Date;
  lastUsedAt: Date | null;
};

/** What a channel asks to be created: everything it leaves out gets that channel's default. */
export type NewClient = Partial<ClientMetadata> & { name: string };

/** What a channel asks to be changed; a key that is absent keeps its value. `environment` is fixed at creation. */
export type ClientPatch = Partial<Omit<ClientMetadata, 'environment'>>;

/** Authenticates by a secret that the registry makes for it, rather than by nothing or by a key of its own. */
export function hasSharedSecret({ tokenEndpointAuthMethod }: Pick<ClientMetadata, 'tokenEndpointAuthMethod'>): boolean {
  return tokenEndpointAuthMethod === 'client_secret_basic' || tokenEndpointAuthMethod === 'client_secret_post';
}

/** RFC 6749 §2.1: a client that cannot keep a secret. */
export function isPublicClient(client: Pick<ClientMetadata, 'tokenEndpointAuthMethod'>): boolean {
  return client.tokenEndpointAuthMethod === 'none';
}
