CREATE TABLE "resources" (
	"uri" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"access_token_format" text NOT NULL,
	"lifetime_seconds" integer,
	"introspected_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "resources_uri_form" CHECK ("resources"."uri" ~ '^[A-Za-z][A-Za-z0-9+.-]*:[!"$-~]+$' and char_length("resources"."uri") <= 2048),
	CONSTRAINT "resources_name_length" CHECK (char_length("resources"."name") between 1 and 256),
	CONSTRAINT "resources_format" CHECK ("resources"."access_token_format" in ('opaque', 'jwt')),
	CONSTRAINT "resources_lifetime" CHECK (("resources"."access_token_format" = 'opaque' and coalesce("resources"."lifetime_seconds", 1) > 0) or coalesce("resources"."lifetime_seconds", 0) between 1 and 300)
);
--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_introspected_by_clients_client_id_fk" FOREIGN KEY ("introspected_by") REFERENCES "public"."clients"("client_id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "resources_introspected_by" ON "resources" USING btree ("introspected_by") WHERE "resources"."introspected_by" is not null;