CREATE TABLE "signing_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"alg" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed" text NOT NULL,
	"sealing_key_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"published_until" timestamp (3) with time zone,
	CONSTRAINT "signing_keys_alg" CHECK ("signing_keys"."alg" in ('RS256', 'ES256'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_in_force" ON "signing_keys" USING btree ("alg") WHERE "signing_keys"."published_until" is null;