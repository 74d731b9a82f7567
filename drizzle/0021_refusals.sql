CREATE TABLE "refusals" (
	"reference" text PRIMARY KEY NOT NULL,
	"client_id" uuid NOT NULL,
	"error" text NOT NULL,
	"description" text NOT NULL,
	"redirect_uri" text NOT NULL,
	"had_query" boolean NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"last_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "refusals_same" UNIQUE("client_id","error","redirect_uri","had_query"),
	CONSTRAINT "refusals_times" CHECK ("refusals"."times" > 0),
	CONSTRAINT "refusals_redirect_uri_length" CHECK (char_length("refusals"."redirect_uri") <= 2048)
);
--> statement-breakpoint
ALTER TABLE "refusals" ADD CONSTRAINT "refusals_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refusals_client" ON "refusals" USING btree ("client_id","last_at");--> statement-breakpoint
CREATE INDEX "refusals_last" ON "refusals" USING btree ("last_at");