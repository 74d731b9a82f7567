CREATE TABLE "logo_fetches" (
	"client_id" uuid PRIMARY KEY NOT NULL,
	"logo_uri" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "logo_fetches_attempts" CHECK ("logo_fetches"."attempts" >= 0)
);
--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "logo_fetched_from" text;--> statement-breakpoint
ALTER TABLE "logo_fetches" ADD CONSTRAINT "logo_fetches_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "logo_fetches_next" ON "logo_fetches" USING btree ("next_at");--> statement-breakpoint
-- Clients that were there before.
INSERT INTO "logo_fetches" ("client_id", "logo_uri") SELECT "client_id", "logo_uri" FROM "clients" WHERE "logo_uri" IS NOT NULL AND "logo_hash" IS NULL;
