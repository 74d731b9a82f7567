import { sql } from 'drizzle-orm';
import { boolean, jsonb, pgView, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

const list = (name: string) => text(name).array().notNull().default(sql`'{}'::text[]`);

/** What anyone may know of a client: a view (made by a migration of its own), so that no private column can be reached through it. */
export const publicClients = pgView('public_clients', {
  clientId: uuid('client_id').notNull(),
  name: text('name').notNull(),
  description: text('description').notNull(),
  /** The name of the organization that answers for it. */
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
  /** Every redirect URI, and there is one, is https under a domain proved to be the publisher's. */
  verified: boolean('verified').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  /** It registered itself, with nobody's leave (rules P3, C1). */
  selfRegistered: boolean('self_registered').notNull(),
  /** Where it describes itself: the id by which it is known to the authorization server. */
  metadataUrl: text('metadata_url'),
  /** The operator says that it is the platform's own. */
  firstParty: boolean('first_party').notNull(),
  /** Some redirect URI is https. */
  hasWebsite: boolean('has_website').notNull(),
  /** Some redirect URI is https under a domain proved to be the publisher's. */
  hasProvedWebsite: boolean('has_proved_website').notNull(),
  /** A program on people's devices (RFC 8252). */
  installed: boolean('installed').notNull(),
}).existing();
