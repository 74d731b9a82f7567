CREATE TABLE "metadata_documents" (
	"client_id" uuid PRIMARY KEY NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	"fresh_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "metadata_documents" ADD CONSTRAINT "metadata_documents_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "metadata_documents_read" ON "metadata_documents" USING btree ("read_at");
--> statement-breakpoint
-- As before, and the address where a client describes itself, with nobody's leave.
CREATE OR REPLACE VIEW "public_clients" WITH (security_barrier = true) AS
  SELECT
    c."client_id",
    c."name",
    c."description",
    o."name" AS "publisher",
    c."client_uri",
    c."policy_uri",
    c."tos_uri",
    c."logo_hash",
    -- Where a logo is said to lie is a claim that no page follows.
    coalesce((SELECT jsonb_object_agg(l.key, l.value - 'logoUri') FROM jsonb_each(c."localized") AS l), '{}'::jsonb) AS "localized",
    c."scopes",
    c."token_endpoint_auth_method",
    c."secret_optional",
    c."open_to_other_organizations",
    c."status",
    c."review_state" = 'verified' AS "verified",
    c."created_at",
    c."updated_at",
    c."metadata_url" IS NOT NULL
      OR EXISTS (SELECT 1 FROM "registrations" AS r WHERE r."client_id" = c."client_id" AND r."open") AS "self_registered",
    c."metadata_url"
  FROM "clients" AS c
  JOIN "organizations" AS o ON o."id" = c."organization_id";
