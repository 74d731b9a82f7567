import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { organizations, products } from './organization.ts';
import { users } from './user.ts';

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
type Provenance =
  | 'portal'
  | 'native'
  | 'docspace'
  | 'telnyx'
  | 'slashid'
  | 'trackle'
  | 'apps'
  | 'registration'
  | 'metadata_document';
type AuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
type GrantType =
  | 'authorization_code'
  | 'refresh_token'
  | 'client_credentials'
  | 'urn:ietf:params:oauth:grant-type:device_code';
type LocalizedTexts = { name?: string; clientUri?: string; logoUri?: string; tosUri?: string; policyUri?: string };

const list = (name: string) => text(name).array().notNull().default(sql`'{}'::text[]`);

/** Logos, decoded and re-encoded; the key is the SHA-256 of the served PNG. */
export const logos = pgTable('logos', {
  hash: text('hash').primaryKey(),
  png: bytes('png').notNull(),
  createdAt: createdAt(),
});

export const clients = pgTable(
  'clients',
  {
    clientId: uuid('client_id').primaryKey().defaultRandom(),
    number: integer('number').notNull().unique().generatedAlwaysAsIdentity(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'restrict' }),
    productId: integer('product_id'),
    name: text('name').notNull(),
    /** UTS 39 skeleton of the name: two names that look alike have the same one. */
    nameSkeleton: text('name_skeleton').notNull(),
    description: text('description').notNull().default(''),
    applicationType: text('application_type').notNull().$type<'web' | 'spa' | 'native' | 'device' | 'machine'>(),
    environment: text('environment').notNull().$type<'development' | 'staging' | 'production'>(),
    provenance: text('provenance').notNull().$type<Provenance>(),
    status: text('status').notNull().$type<'active' | 'disabled' | 'suspended'>().default('active'),
    reviewState: text('review_state').notNull().$type<'none' | 'pending' | 'approved' | 'rejected'>().default('none'),
    tokenEndpointAuthMethod: text('token_endpoint_auth_method').notNull().$type<AuthMethod>(),
    secretOptional: boolean('secret_optional').notNull().default(false),
    requirePkce: boolean('require_pkce').notNull(),
    grantTypes: list('grant_types').$type<GrantType[]>(),
    responseTypes: list('response_types').$type<'code'[]>(),
    scopes: list('scopes'),
    optionalScopes: list('optional_scopes'),
    redirectUris: list('redirect_uris'),
    postLogoutRedirectUris: list('post_logout_redirect_uris'),
    allowedOrigins: list('allowed_origins'),
    clientUri: text('client_uri'),
    logoUri: text('logo_uri'),
    logoHash: text('logo_hash').references(() => logos.hash, { onDelete: 'set null' }),
    /** The `logoUri` that the logo was fetched from; null for an uploaded logo. */
    logoFetchedFrom: text('logo_fetched_from'),
    tosUri: text('tos_uri'),
    policyUri: text('policy_uri'),
    contacts: list('contacts'),
    localized: jsonb('localized').notNull().$type<Record<string, LocalizedTexts>>().default({}),
    accessTokenLifetimeSeconds: integer('access_token_lifetime_seconds').notNull(),
    refreshTokenLifetimeSeconds: integer('refresh_token_lifetime_seconds').notNull(),
    openToOtherOrganizations: boolean('open_to_other_organizations').notNull().default(true),
    jwks: jsonb('jwks').$type<{ keys: Record<string, unknown>[] }>(),
    jwksUri: text('jwks_uri'),
    softwareId: text('software_id'),
    softwareVersion: text('software_version'),
    subjectType: text('subject_type').notNull().$type<'public' | 'pairwise'>().default('public'),
    sectorIdentifierUri: text('sector_identifier_uri'),
    idTokenSignedResponseAlg: text('id_token_signed_response_alg')
      .notNull()
      .$type<'RS256' | 'ES256'>()
      .default('RS256'),
    userinfoSignedResponseAlg: text('userinfo_signed_response_alg').$type<'RS256' | 'ES256'>(),
    initiateLoginUri: text('initiate_login_uri'),
    backchannelLogoutUri: text('backchannel_logout_uri'),
    backchannelLogoutSessionRequired: boolean('backchannel_logout_session_required').notNull().default(false),
    defaultMaxAgeSeconds: integer('default_max_age_seconds'),
    requireAuthTime: boolean('require_auth_time').notNull().default(false),
    defaultAcrValues: list('default_acr_values'),
    requirePushedAuthorizationRequests: boolean('require_pushed_authorization_requests').notNull().default(false),
    dpopBoundAccessTokens: boolean('dpop_bound_access_tokens').notNull().default(false),
    metadataUrl: text('metadata_url').unique(),
    version: integer('version').notNull().default(1),
    /** The key of the form submission, so that a form sent twice creates one client. */
    submissionId: uuid('submission_id').unique(),
    createdBy: text('created_by').references(() => users.id, { onDelete: 'set null' }),
    /** The client that registered this one with its own token. */
    createdByClient: uuid('created_by_client').references((): AnyPgColumn => clients.clientId, {
      onDelete: 'set null',
    }),
    /** The operator marked it as one of the platform's own apps. */
    firstParty: boolean('first_party').notNull().default(false),
    updatedBy: text('updated_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`date_trunc('milliseconds', now())`),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [
    // A product of another organization can never own the client.
    foreignKey({
      name: 'clients_product',
      columns: [table.productId, table.organizationId],
      foreignColumns: [products.id, products.organizationId],
    }).onDelete('restrict'),
    index('clients_by_created').on(table.organizationId, table.createdAt, table.clientId),
    index('clients_by_name').on(table.organizationId, sql`lower(${table.name})`, table.clientId),
    index('clients_by_last_used').on(
      table.organizationId,
      sql`coalesce(${table.lastUsedAt}, '-infinity'::timestamptz)`,
      table.clientId,
    ),
    index('clients_name_trigrams').using('gin', sql`lower(${table.name}) gin_trgm_ops`),
    index('clients_first_party_names').on(table.nameSkeleton).where(sql`${table.firstParty}`),
    index('clients_name_skeleton').on(table.nameSkeleton, table.organizationId),
    index('clients_created_by').on(table.createdBy),
    index('clients_created_by_client').on(table.createdByClient).where(sql`${table.createdByClient} is not null`),
    index('clients_software').on(table.softwareId).where(sql`${table.softwareId} is not null`),
    index('clients_product_created').on(table.productId, table.createdAt).where(sql`${table.productId} is not null`),
    index('clients_logo').on(table.logoHash).where(sql`${table.logoHash} is not null`),
    index('clients_scopes').using('gin', table.scopes),
    check('clients_name_length', sql`char_length(${table.name}) between 1 and 256`),
    check('clients_application_type', sql`${table.applicationType} in ('web', 'spa', 'native', 'device', 'machine')`),
    check('clients_environment', sql`${table.environment} in ('development', 'staging', 'production')`),
    check(
      'clients_provenance',
      sql`${table.provenance} in ('portal', 'native', 'docspace', 'telnyx', 'slashid', 'trackle', 'apps', 'registration', 'metadata_document')`,
    ),
    check('clients_status', sql`${table.status} in ('active', 'disabled', 'suspended')`),
    check('clients_review_state', sql`${table.reviewState} in ('none', 'pending', 'approved', 'rejected')`),
    check(
      'clients_auth_method',
      sql`${table.tokenEndpointAuthMethod} in ('none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt')`,
    ),
    // Rules M5 and M7.
    check(
      'clients_public_pkce',
      sql`${table.tokenEndpointAuthMethod} <> 'none' or (${table.requirePkce} and not 'client_credentials' = any(${table.grantTypes}))`,
    ),
    check('clients_optional_scopes', sql`${table.optionalScopes} <@ ${table.scopes}`),
    check('clients_redirect_uris_max', sql`cardinality(${table.redirectUris}) <= 20`),
    check(
      'clients_lifetimes',
      sql`${table.accessTokenLifetimeSeconds} > 0 and ${table.refreshTokenLifetimeSeconds} > 0`,
    ),
    check(
      'clients_metadata_url',
      sql`(${table.provenance} = 'metadata_document') = (${table.metadataUrl} is not null)`,
    ),
    check('clients_jwks_one', sql`${table.jwks} is null or ${table.jwksUri} is null`),
  ],
);

/** Developers who may edit a client that they did not create. */
export const clientManagers = pgTable(
  'client_managers',
  {
    clientId: uuid('client_id')
      .notNull()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.userId] }), index('client_managers_user').on(table.userId)],
);

export const secrets = pgTable(
  'secrets',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    clientId: uuid('client_id')
      .notNull()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** HMAC-SHA-256 with the pepper, base64url. */
    hash: text('hash').notNull(),
    pepperId: text('pepper_id').notNull(),
    lastFour: text('last_four').notNull(),
    /** The channel that created it; it decides whether a readable copy is stored. */
    channel: text('channel').notNull(),
    /** AES-256-GCM, for channels that document a later read of the secret; otherwise null. */
    sealed: text('sealed'),
    sealingKeyId: text('sealing_key_id'),
    /** The key of the form submission, so that a form sent twice creates one secret. */
    submissionId: uuid('submission_id').unique(),
    createdBy: text('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [
    index('secrets_client').on(table.clientId, table.createdAt),
    check('secrets_name_length', sql`char_length(${table.name}) between 1 and 256`),
    check('secrets_sealed_with_key', sql`(${table.sealed} is null) = (${table.sealingKeyId} is null)`),
  ],
);

/** A secret that waits for the page that shows it once: sealed, kept for minutes, deleted by the read. */
export const secretReveals = pgTable('secret_reveals', {
  id: uuid('id').primaryKey(),
  secretId: uuid('secret_id')
    .notNull()
    .unique()
    .references(() => secrets.id, { onDelete: 'cascade' }),
  userId: text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  sealed: text('sealed').notNull(),
  sealingKeyId: text('sealing_key_id').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: createdAt(),
});
