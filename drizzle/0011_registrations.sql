CREATE TABLE "initial_access_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"pepper_id" text NOT NULL,
	"uses_left" integer,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "initial_access_tokens_hash_unique" UNIQUE("hash"),
	CONSTRAINT "initial_access_tokens_uses" CHECK ("initial_access_tokens"."uses_left" >= 0)
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"client_id" uuid PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"pepper_id" text NOT NULL,
	"open" boolean NOT NULL,
	"software_statement" text,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "registrations_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "initial_access_tokens" ADD CONSTRAINT "initial_access_tokens_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "initial_access_tokens" ADD CONSTRAINT "initial_access_tokens_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "initial_access_tokens_organization" ON "initial_access_tokens" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "registrations_open" ON "registrations" USING btree ("created_at") WHERE "registrations"."open";--> statement-breakpoint
CREATE INDEX "clients_software" ON "clients" USING btree ("software_id") WHERE "clients"."software_id" is not null;
--> statement-breakpoint
-- As before, and whether the client registered itself with nobody's leave (rule P3).
CREATE OR REPLACE VIEW "public_clients" WITH (security_barrier = true) AS
  SELECT
    c."client_id",
    c."name",
    c."description",
    o."name" AS "publisher",
    c."client_uri",
    c."policy_uri",
    c."tos_uri",
    c."logo_hash",
    -- Where a logo is said to lie is a claim that no page follows.
    coalesce((SELECT jsonb_object_agg(l.key, l.value - 'logoUri') FROM jsonb_each(c."localized") AS l), '{}'::jsonb) AS "localized",
    c."scopes",
    c."token_endpoint_auth_method",
    c."secret_optional",
    c."open_to_other_organizations",
    c."status",
    c."review_state" = 'verified' AS "verified",
    c."created_at",
    c."updated_at",
    EXISTS (SELECT 1 FROM "registrations" AS r WHERE r."client_id" = c."client_id" AND r."open") AS "self_registered"
  FROM "clients" AS c
  JOIN "organizations" AS o ON o."id" = c."organization_id";
