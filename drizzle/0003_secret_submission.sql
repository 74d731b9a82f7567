ALTER TABLE "secrets" ADD COLUMN "submission_id" uuid;--> statement-breakpoint
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_submission_id_unique" UNIQUE("submission_id");