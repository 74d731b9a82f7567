export const roles = ['owner', 'admin', 'developer', 'viewer'] as const;
export type Role = (typeof roles)[number];
export type Membership = { organizationId: string; role: Role };

/** A person, authenticated by a session or an API token. Roles and scopes are read with every request, not at sign-in. */
export type Person = {
  kind: 'person';
  userId: string;
  isOperator: boolean;
  emailVerified: boolean;
  memberships: readonly Membership[];
  sessionId?: string;
  /** When the session began: the person's last authentication. */
  signedInAt?: Date;
  /** Present if a token authenticates the person. It limits the person to its scopes and its organization. */
  token?: ActorToken;
};

/** A token for the registry, valid in one organization. Without an id it is an access token of our authorization server. */
export type ActorToken = { id?: string; organizationId: string; scopes: readonly TokenScope[]; expiresAt: Date | null };

/** A client that acts on its own behalf (`client_credentials`). It has the role `developer` and may edit and delete the clients that it created. */
export type Program = { kind: 'program'; clientId: string; token: ActorToken };

/** A program that registers a client, with an initial access token or, if registration is open, without one. It can do nothing else. */
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
  /** Clientele itself, in background work. */
  | { kind: 'system' };

/** The scopes of an API token. `read` and `write` are the vendors' names. */
export const tokenScopes = [
  'clients:read',
  'clients:write',
  'clients:secrets',
  'grants:read',
  'grants:write',
  'audit:read',
  'org:admin',
  'platform:read',
  'platform:write',
  'read',
  'write',
] as const;

/** The scopes that only an operator's API token has: no client can register them. */
export const platformScopes = ['platform:read', 'platform:write'] as const;

export type TokenScope = (typeof tokenScopes)[number];

/** The scopes of the registry's own APIs that a client can get. No client can get a person's other powers. */
export const registryScopes = [
  'clients:read',
  'clients:write',
  'clients:secrets',
  'read',
  'write',
] as const satisfies readonly TokenScope[];

/** How a client can be created: in the portal, by one of the APIs, or by its metadata document. */
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
