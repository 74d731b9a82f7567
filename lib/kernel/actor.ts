export const roles = ['owner', 'admin', 'developer', 'viewer'] as const;
export type Role = (typeof roles)[number];
export type Membership = { organizationId: string; role: Role };

/** A person, by session or by one of their API tokens; roles and scopes are those of this moment, never those of the sign-in. */
export type Person = {
  kind: 'person';
  userId: string;
  isOperator: boolean;
  emailVerified: boolean;
  memberships: readonly Membership[];
  sessionId?: string;
  /** When the session began: the person's last proof of who they are. */
  signedInAt?: Date;
  /** Present when a token speaks for the person: it can do no more than its scopes, and only in its organization. */
  token?: ActorToken;
};

/** The token that speaks for someone in one organization; without an id it is an access token of our authorization server. */
export type ActorToken = { id?: string; organizationId: string; scopes: readonly TokenScope[]; expiresAt: Date | null };

/** A client that acts for itself (`client_credentials`): a developer of its organization whose own clients are those that it registered. */
export type Program = { kind: 'program'; clientId: string; token: ActorToken };

/** A program that registers a client: by an initial access token, or by nothing where registration is open. It can do nothing else. */
export type Registrant = { kind: 'registrant'; organizationId: string; initialAccessTokenId?: string };

/** A client that manages its own registration (RFC 7592), and nothing else. */
export type SelfManagedClient = { kind: 'client'; clientId: string; organizationId: string };

export type Actor =
  | Person
  | Program
  | Registrant
  | SelfManagedClient
  | { kind: 'command_line' }
  | { kind: 'anonymous' }
  /** Clientele itself, at its own time. */
  | { kind: 'system' };

/** What an API token may be allowed; `read` and `write` are the vendors' plain names. */
export const tokenScopes = [
  'clients:read',
  'clients:write',
  'clients:secrets',
  'grants:read',
  'grants:write',
  'audit:read',
  'org:admin',
  'read',
  'write',
] as const;

export type TokenScope = (typeof tokenScopes)[number];

/** Where a client can come from: the portal, one of the APIs, or its own metadata document. */
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

export type Provenance = (typeof provenances)[number];
