ALTER TABLE "refusals" DROP CONSTRAINT "refusals_same";--> statement-breakpoint
CREATE INDEX "logout_notices_client" ON "logout_notices" USING btree ("client_id");