CREATE TABLE "resource_introspectors" (
	"resource_uri" text NOT NULL,
	"client_id" uuid NOT NULL,
	CONSTRAINT "resource_introspectors_resource_uri_client_id_pk" PRIMARY KEY("resource_uri","client_id")
);
--> statement-breakpoint
CREATE TABLE "scope_aliases" (
	"name" text PRIMARY KEY NOT NULL,
	"scope_name" text NOT NULL,
	"accepted_until" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "open_to" text DEFAULT 'anyone' NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "named_clients" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "implies" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "is_default" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "is_example" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "resource_introspectors" ADD CONSTRAINT "resource_introspectors_resource_uri_resources_uri_fk" FOREIGN KEY ("resource_uri") REFERENCES "public"."resources"("uri") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_introspectors" ADD CONSTRAINT "resource_introspectors_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope_aliases" ADD CONSTRAINT "scope_aliases_scope_name_scopes_name_fk" FOREIGN KEY ("scope_name") REFERENCES "public"."scopes"("name") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "resource_introspectors_client" ON "resource_introspectors" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "scope_aliases_scope" ON "scope_aliases" USING btree ("scope_name");--> statement-breakpoint
CREATE INDEX "clients_scopes" ON "clients" USING gin ("scopes");--> statement-breakpoint
CREATE INDEX "grants_scopes" ON "grants" USING gin ("scopes");--> statement-breakpoint
ALTER TABLE "scopes" ADD CONSTRAINT "scopes_open_to" CHECK ("scopes"."open_to" in ('anyone', 'reviewed', 'named', 'nobody'));--> statement-breakpoint
INSERT INTO "resource_introspectors" ("resource_uri", "client_id") SELECT "uri", "introspected_by" FROM "resources" WHERE "introspected_by" IS NOT NULL;--> statement-breakpoint
-- The vendors' examples: an operator can retire all that no client uses at once.
UPDATE "scopes" SET "is_example" = true WHERE "name" IN ('admin', 'create:customers', 'customers:create', 'files:read', 'files:write',
  'rooms:read', 'rooms:write', 'contacts:read', 'contacts:write', 'contacts.self:read', 'contacts.self:write');
