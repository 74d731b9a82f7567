ALTER TABLE "refusals" ADD COLUMN "endpoint" text DEFAULT 'authorize' NOT NULL;--> statement-breakpoint
ALTER TABLE "refusals" ADD COLUMN "reason" text DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE "refusals" ADD COLUMN "asked" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "refusals" ADD COLUMN "is_rest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "refusals" ADD CONSTRAINT "refusals_asked_length" CHECK (char_length("refusals"."asked") <= 200);--> statement-breakpoint
UPDATE "refusals" SET "reason" = CASE "error" WHEN 'invalid_redirect_uri' THEN 'redirect_uri' WHEN 'invalid_client' THEN 'client_inactive' ELSE 'other' END;
