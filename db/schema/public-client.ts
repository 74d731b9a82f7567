import { sql } from 'drizzle-orm';
import { boolean, jsonb, pgView, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

const list = (name: string) => text(name).array().notNull().default(sql`'{}'::text[]`);

/** The public information about a client: a view (created by its own migration) without private columns. */
export const publicClients = pgView('public_clients', {
  clientId: uuid('client_id').notNull(),
  name: text('name').notNull(),
  description: text('description').notNull(),
  /** The name of the organization that publishes the client. */
  publisher: text('publisher').notNull(),
  clientUri: text('client_uri'),
  policyUri: text('policy_uri'),
  tosUri: text('tos_uri'),
  logoHash: text('logo_hash'),
  localized: jsonb('localized').notNull().$type<Record<string, Record<string, string>>>(),
  scopes: list('scopes'),
  tokenEndpointAuthMethod: text('token_endpoint_auth_method').notNull(),
  secretOptional: boolean('secret_optional').notNull(),
  openToOtherOrganizations: boolean('open_to_other_organizations').notNull(),
  status: text('status').notNull().$type<'active' | 'disabled' | 'suspended'>(),
  /** There is a redirect URI, and every one is https under a verified domain of the publisher. */
  verified: boolean('verified').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  /** It registered itself without a token, or by a metadata document (rules P3, C1). */
  selfRegistered: boolean('self_registered').notNull(),
  /** The URL of its metadata document, which is its client id at the authorization server. */
  metadataUrl: text('metadata_url'),
  /** The operator marked it as one of the platform's own apps. */
  firstParty: boolean('first_party').notNull(),
  /** At least one redirect URI is https. */
  hasWebsite: boolean('has_website').notNull(),
  /** At least one redirect URI is https under a verified domain of the publisher. */
  hasProvedWebsite: boolean('has_proved_website').notNull(),
  /** A program on people's devices (RFC 8252). */
  installed: boolean('installed').notNull(),
}).existing();
