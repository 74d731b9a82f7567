-- Names are searched by trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"organization_id" uuid,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"token_id" uuid,
	"channel" text NOT NULL,
	"action" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"request_id" text NOT NULL,
	CONSTRAINT "audit_events_action_form" CHECK ("audit_events"."action" ~ '^[a-z_]+\.[a-z_]+$')
);
--> statement-breakpoint
CREATE TABLE "client_managers" (
	"client_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "client_managers_client_id_user_id_pk" PRIMARY KEY("client_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"client_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "clients_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"organization_id" uuid NOT NULL,
	"product_id" integer,
	"name" text NOT NULL,
	"name_skeleton" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"application_type" text NOT NULL,
	"environment" text NOT NULL,
	"provenance" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"review_state" text DEFAULT 'unverified' NOT NULL,
	"token_endpoint_auth_method" text NOT NULL,
	"secret_optional" boolean DEFAULT false NOT NULL,
	"require_pkce" boolean NOT NULL,
	"grant_types" text[] DEFAULT '{}'::text[] NOT NULL,
	"response_types" text[] DEFAULT '{}'::text[] NOT NULL,
	"scopes" text[] DEFAULT '{}'::text[] NOT NULL,
	"redirect_uris" text[] DEFAULT '{}'::text[] NOT NULL,
	"post_logout_redirect_uris" text[] DEFAULT '{}'::text[] NOT NULL,
	"allowed_origins" text[] DEFAULT '{}'::text[] NOT NULL,
	"client_uri" text,
	"logo_uri" text,
	"logo_hash" text,
	"tos_uri" text,
	"policy_uri" text,
	"contacts" text[] DEFAULT '{}'::text[] NOT NULL,
	"localized" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"access_token_lifetime_seconds" integer NOT NULL,
	"refresh_token_lifetime_seconds" integer NOT NULL,
	"open_to_other_organizations" boolean DEFAULT true NOT NULL,
	"jwks" jsonb,
	"jwks_uri" text,
	"software_id" text,
	"software_version" text,
	"subject_type" text DEFAULT 'public' NOT NULL,
	"sector_identifier_uri" text,
	"id_token_signed_response_alg" text DEFAULT 'RS256' NOT NULL,
	"initiate_login_uri" text,
	"backchannel_logout_uri" text,
	"backchannel_logout_session_required" boolean DEFAULT false NOT NULL,
	"default_max_age_seconds" integer,
	"require_auth_time" boolean DEFAULT false NOT NULL,
	"default_acr_values" text[] DEFAULT '{}'::text[] NOT NULL,
	"require_pushed_authorization_requests" boolean DEFAULT false NOT NULL,
	"dpop_bound_access_tokens" boolean DEFAULT false NOT NULL,
	"metadata_url" text,
	"version" integer DEFAULT 1 NOT NULL,
	"submission_id" uuid,
	"created_by" text,
	"updated_by" text,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "clients_number_unique" UNIQUE("number"),
	CONSTRAINT "clients_metadata_url_unique" UNIQUE("metadata_url"),
	CONSTRAINT "clients_submission_id_unique" UNIQUE("submission_id"),
	CONSTRAINT "clients_name_length" CHECK (char_length("clients"."name") between 1 and 256),
	CONSTRAINT "clients_application_type" CHECK ("clients"."application_type" in ('web', 'spa', 'native', 'device', 'machine')),
	CONSTRAINT "clients_environment" CHECK ("clients"."environment" in ('development', 'staging', 'production')),
	CONSTRAINT "clients_provenance" CHECK ("clients"."provenance" in ('portal', 'native', 'docspace', 'telnyx', 'slashid', 'trackle', 'apps', 'registration', 'metadata_document')),
	CONSTRAINT "clients_status" CHECK ("clients"."status" in ('active', 'disabled', 'suspended')),
	CONSTRAINT "clients_review_state" CHECK ("clients"."review_state" in ('unverified', 'pending', 'verified', 'rejected')),
	CONSTRAINT "clients_auth_method" CHECK ("clients"."token_endpoint_auth_method" in ('none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt')),
	CONSTRAINT "clients_public_pkce" CHECK ("clients"."token_endpoint_auth_method" <> 'none' or ("clients"."require_pkce" and not 'client_credentials' = any("clients"."grant_types"))),
	CONSTRAINT "clients_redirect_uris_max" CHECK (cardinality("clients"."redirect_uris") <= 20),
	CONSTRAINT "clients_lifetimes" CHECK ("clients"."access_token_lifetime_seconds" > 0 and "clients"."refresh_token_lifetime_seconds" > 0),
	CONSTRAINT "clients_metadata_url" CHECK (("clients"."provenance" = 'metadata_document') = ("clients"."metadata_url" is not null)),
	CONSTRAINT "clients_jwks_one" CHECK ("clients"."jwks" is null or "clients"."jwks_uri" is null)
);
--> statement-breakpoint
CREATE TABLE "logos" (
	"hash" text PRIMARY KEY NOT NULL,
	"png" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "secret_reveals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"secret_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"sealed" text NOT NULL,
	"sealing_key_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "secret_reveals_secret_id_unique" UNIQUE("secret_id")
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"client_id" uuid NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"pepper_id" text NOT NULL,
	"last_four" text NOT NULL,
	"channel" text NOT NULL,
	"sealed" text,
	"sealing_key_id" text,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "secrets_name_length" CHECK (char_length("secrets"."name") between 1 and 256),
	CONSTRAINT "secrets_sealed_with_key" CHECK (("secrets"."sealed" is null) = ("secrets"."sealing_key_id" is null))
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "invitations_role" CHECK ("invitations"."role" in ('owner', 'admin', 'developer', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "members" (
	"organization_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "members_organization_id_user_id_pk" PRIMARY KEY("organization_id","user_id"),
	CONSTRAINT "members_role" CHECK ("members"."role" in ('owner', 'admin', 'developer', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "organizations_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	"personal_of" text,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "organizations_number_unique" UNIQUE("number"),
	CONSTRAINT "organizations_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "organizations_personal_of_unique" UNIQUE("personal_of"),
	CONSTRAINT "organizations_external_id_form" CHECK ("organizations"."external_id" ~ '^[0-9a-f]{24}$'),
	CONSTRAINT "organizations_name_length" CHECK (char_length("organizations"."name") between 1 and 256),
	CONSTRAINT "organizations_not_own_parent" CHECK ("organizations"."parent_id" <> "organizations"."id")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "products_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"organization_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "products_slug_key" UNIQUE("organization_id","slug"),
	CONSTRAINT "products_in_organization" UNIQUE("id","organization_id"),
	CONSTRAINT "products_slug_form" CHECK ("products"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and "products"."slug" !~ '^[0-9]+$' and char_length("products"."slug") <= 64),
	CONSTRAINT "products_name_length" CHECK (char_length("products"."name") between 1 and 256)
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"resets_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scopes" (
	"name" text PRIMARY KEY NOT NULL,
	"group_name" text NOT NULL,
	"access" text NOT NULL,
	"sensitivity" text DEFAULT 'normal' NOT NULL,
	"texts" jsonb NOT NULL,
	"position" integer NOT NULL,
	"retired_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "scopes_name_form" CHECK ("scopes"."name" ~ '^[!#-\[\]-~]+$' and char_length("scopes"."name") <= 256),
	CONSTRAINT "scopes_access" CHECK ("scopes"."access" in ('read', 'write', 'identity')),
	CONSTRAINT "scopes_sensitivity" CHECK ("scopes"."sensitivity" in ('normal', 'sensitive', 'restricted')),
	CONSTRAINT "scopes_texts_english" CHECK ("scopes"."texts" ? 'en')
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"pepper_id" text NOT NULL,
	"last_four" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_tokens_hash_unique" UNIQUE("hash"),
	CONSTRAINT "api_tokens_name_length" CHECK (char_length("api_tokens"."name") between 1 and 256),
	CONSTRAINT "api_tokens_scopes_some" CHECK (cardinality("api_tokens"."scopes") > 0)
);
--> statement-breakpoint
CREATE TABLE "email_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"purpose" text NOT NULL,
	"email" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "email_links_purpose" CHECK ("email_links"."purpose" in ('reset_password', 'verify_email', 'change_email'))
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"provider" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "identities_provider_subject_pk" PRIMARY KEY("provider","subject")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" text NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL,
	"network" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"email_verified_at" timestamp (3) with time zone,
	"name" text NOT NULL,
	"password_hash" text,
	"is_operator" boolean DEFAULT false NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "users_id_form" CHECK ("users"."id" ~ '^usr_[0-9A-Za-z]{16,}$'),
	CONSTRAINT "users_email_length" CHECK (char_length("users"."email") between 3 and 254),
	CONSTRAINT "users_name_length" CHECK (char_length("users"."name") between 1 and 256)
);
--> statement-breakpoint
ALTER TABLE "client_managers" ADD CONSTRAINT "client_managers_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_managers" ADD CONSTRAINT "client_managers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_logo_hash_logos_hash_fk" FOREIGN KEY ("logo_hash") REFERENCES "public"."logos"("hash") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_product" FOREIGN KEY ("product_id","organization_id") REFERENCES "public"."products"("id","organization_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_reveals" ADD CONSTRAINT "secret_reveals_secret_id_secrets_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."secrets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_reveals" ADD CONSTRAINT "secret_reveals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_parent_id_organizations_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_personal_of_users_id_fk" FOREIGN KEY ("personal_of") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_links" ADD CONSTRAINT "email_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_target" ON "audit_events" USING btree ("target_type","target_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_events_organization" ON "audit_events" USING btree ("organization_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "client_managers_user" ON "client_managers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "clients_by_created" ON "clients" USING btree ("organization_id","created_at" DESC NULLS LAST,"client_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "clients_by_name" ON "clients" USING btree ("organization_id",lower("name"),"client_id");--> statement-breakpoint
CREATE INDEX "clients_by_last_used" ON "clients" USING btree ("organization_id",coalesce("last_used_at", '-infinity'::timestamptz) desc,"client_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "clients_name_trigrams" ON "clients" USING gin (lower("name") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "clients_name_skeleton" ON "clients" USING btree ("name_skeleton") WHERE "clients"."review_state" = 'verified';--> statement-breakpoint
CREATE INDEX "clients_created_by" ON "clients" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "clients_product_created" ON "clients" USING btree ("product_id","created_at" DESC NULLS LAST) WHERE "clients"."product_id" is not null;--> statement-breakpoint
CREATE INDEX "clients_logo" ON "clients" USING btree ("logo_hash") WHERE "clients"."logo_hash" is not null;--> statement-breakpoint
CREATE INDEX "secrets_client" ON "secrets" USING btree ("client_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "mails_by_created" ON "mails" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open" ON "invitations" USING btree ("organization_id",lower("email")) WHERE "invitations"."consumed_at" is null;--> statement-breakpoint
CREATE INDEX "members_user" ON "members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "organizations_parent" ON "organizations" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "rate_limits_resets" ON "rate_limits" USING btree ("resets_at");--> statement-breakpoint
CREATE INDEX "api_tokens_user" ON "api_tokens" USING btree ("user_id","organization_id");--> statement-breakpoint
CREATE INDEX "api_tokens_organization" ON "api_tokens" USING btree ("organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_user_key" ON "identities" USING btree ("user_id","provider");--> statement-breakpoint
CREATE INDEX "sessions_user_live" ON "sessions" USING btree ("user_id","last_seen_at" DESC NULLS LAST) WHERE "sessions"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("email"));