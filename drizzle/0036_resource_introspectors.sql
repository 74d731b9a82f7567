ALTER TABLE "resources" DROP CONSTRAINT "resources_introspected_by_clients_client_id_fk";
--> statement-breakpoint
DROP INDEX "resources_introspected_by";--> statement-breakpoint
ALTER TABLE "resources" DROP COLUMN "introspected_by";