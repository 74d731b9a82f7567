DROP INDEX "clients_name_skeleton";--> statement-breakpoint
CREATE INDEX "clients_first_party_names" ON "clients" USING btree ("name_skeleton") WHERE "clients"."first_party";--> statement-breakpoint
CREATE INDEX "clients_name_skeleton" ON "clients" USING btree ("name_skeleton","organization_id");