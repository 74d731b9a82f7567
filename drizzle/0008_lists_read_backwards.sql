-- "DESC NULLS LAST" serves no "ORDER BY … DESC", which puts nulls first: each of these lists was sorted whole. A plain index is read backwards.
DROP INDEX "audit_events_target";--> statement-breakpoint
DROP INDEX "audit_events_organization";--> statement-breakpoint
DROP INDEX "clients_by_created";--> statement-breakpoint
DROP INDEX "clients_by_last_used";--> statement-breakpoint
DROP INDEX "clients_product_created";--> statement-breakpoint
DROP INDEX "secrets_client";--> statement-breakpoint
DROP INDEX "mails_by_created";--> statement-breakpoint
DROP INDEX "sessions_user_live";--> statement-breakpoint
CREATE INDEX "audit_events_target" ON "audit_events" USING btree ("target_type","target_id","id");--> statement-breakpoint
CREATE INDEX "audit_events_organization" ON "audit_events" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "clients_by_created" ON "clients" USING btree ("organization_id","created_at","client_id");--> statement-breakpoint
CREATE INDEX "clients_by_last_used" ON "clients" USING btree ("organization_id",coalesce("last_used_at", '-infinity'::timestamptz),"client_id");--> statement-breakpoint
CREATE INDEX "clients_product_created" ON "clients" USING btree ("product_id","created_at") WHERE "clients"."product_id" is not null;--> statement-breakpoint
CREATE INDEX "secrets_client" ON "secrets" USING btree ("client_id","created_at");--> statement-breakpoint
CREATE INDEX "mails_by_created" ON "mails" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "sessions_user_live" ON "sessions" USING btree ("user_id","last_seen_at") WHERE "sessions"."ended_at" is null;