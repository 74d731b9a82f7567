CREATE TABLE "client_appearances" (
	"client_id" uuid PRIMARY KEY NOT NULL,
	"appearance" jsonb NOT NULL,
	"updated_by" text,
	"updated_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "client_appearances_is_object" CHECK (jsonb_typeof("client_appearances"."appearance") = 'object'),
	CONSTRAINT "client_appearances_size" CHECK (octet_length("client_appearances"."appearance"::text) <= 131072)
);
--> statement-breakpoint
ALTER TABLE "client_appearances" ADD CONSTRAINT "client_appearances_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_appearances" ADD CONSTRAINT "client_appearances_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;