CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" text NOT NULL,
	"client_id" uuid NOT NULL,
	"organization_id" uuid,
	"scopes" text[] DEFAULT '{}'::text[] NOT NULL,
	"declined" text[] DEFAULT '{}'::text[] NOT NULL,
	"resources" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"claims" text[] DEFAULT '{}'::text[] NOT NULL,
	"snapshot" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "grants_user_client" UNIQUE("user_id","client_id"),
	CONSTRAINT "grants_declined_apart" CHECK (not ("grants"."scopes" && "grants"."declined")),
	CONSTRAINT "grants_resources_object" CHECK (jsonb_typeof("grants"."resources") = 'object')
);
--> statement-breakpoint
-- Nothing was given out under a grant before there were any.
DELETE FROM "artifacts" WHERE "grant_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "artifacts" ALTER COLUMN "grant_id" SET DATA TYPE uuid USING "grant_id"::uuid;--> statement-breakpoint
ALTER TABLE "artifacts" ADD COLUMN "family_id" text;--> statement-breakpoint
ALTER TABLE "artifacts" ADD COLUMN "session_id" uuid;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grants_client" ON "grants" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "grants_organization" ON "grants" USING btree ("organization_id") WHERE "grants"."organization_id" is not null;--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "artifacts_family" ON "artifacts" USING btree ("family_id") WHERE "artifacts"."family_id" is not null;--> statement-breakpoint
CREATE INDEX "artifacts_session" ON "artifacts" USING btree ("session_id") WHERE "artifacts"."session_id" is not null;