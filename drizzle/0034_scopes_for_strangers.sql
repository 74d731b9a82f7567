ALTER TABLE "scopes" ADD COLUMN "advertised" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "open_to_strangers" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Scopes that are there keep what they had; later ones are neither advertised nor open until the operator says so.
UPDATE "scopes" SET
  "advertised" = "access" = 'identity' OR "name" = 'offline_access' OR ("access" = 'read' AND "sensitivity" = 'normal'),
  "open_to_strangers" = "sensitivity" <> 'restricted' AND ("access" = 'identity' OR ("access" = 'read' AND "sensitivity" = 'normal'));--> statement-breakpoint
ALTER TABLE "scopes" ADD CONSTRAINT "scopes_restricted_closed" CHECK (not ("scopes"."open_to_strangers" and "scopes"."sensitivity" = 'restricted'));
