CREATE TABLE "keyed_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"token_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"sealed" text,
	"sealing_key_id" text,
	"holds_secret" boolean DEFAULT false NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "keyed_requests_sealed_with_key" CHECK (("keyed_requests"."sealed" is null) = ("keyed_requests"."sealing_key_id" is null))
);
--> statement-breakpoint
ALTER TABLE "keyed_requests" ADD CONSTRAINT "keyed_requests_token_id_api_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."api_tokens"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "keyed_requests_expires" ON "keyed_requests" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "keyed_requests_token" ON "keyed_requests" USING btree ("token_id");--> statement-breakpoint
CREATE INDEX "keyed_requests_secret" ON "keyed_requests" USING btree ("answered_at") WHERE "keyed_requests"."holds_secret" and "keyed_requests"."sealed" is not null;