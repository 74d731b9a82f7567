CREATE TABLE "artifacts" (
	"hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"client_id" uuid,
	"user_id" text,
	"grant_id" text,
	"secret_id" uuid,
	"other_hash" text,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"consumed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_secret_id_secrets_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."secrets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "artifacts_client" ON "artifacts" USING btree ("client_id") WHERE "artifacts"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "artifacts_user" ON "artifacts" USING btree ("user_id") WHERE "artifacts"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "artifacts_grant" ON "artifacts" USING btree ("grant_id") WHERE "artifacts"."grant_id" is not null;--> statement-breakpoint
CREATE INDEX "artifacts_secret" ON "artifacts" USING btree ("secret_id") WHERE "artifacts"."secret_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "artifacts_other" ON "artifacts" USING btree ("kind","other_hash") WHERE "artifacts"."other_hash" is not null;--> statement-breakpoint
CREATE INDEX "artifacts_expires" ON "artifacts" USING btree ("expires_at");