CREATE TABLE "client_key_sets" (
	"client_id" uuid PRIMARY KEY NOT NULL,
	"jwks_uri" text NOT NULL,
	"keys" jsonb NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "client_key_sets" ADD CONSTRAINT "client_key_sets_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;