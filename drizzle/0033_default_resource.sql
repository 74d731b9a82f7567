ALTER TABLE "resources" ADD COLUMN "is_default" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "resources_default" ON "resources" USING btree ("is_default") WHERE "resources"."is_default";--> statement-breakpoint
CREATE INDEX "resources_spelling" ON "resources" USING btree (lower("uri"));