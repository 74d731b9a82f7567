ALTER TABLE "clients" DROP CONSTRAINT "clients_review_state";--> statement-breakpoint
DROP INDEX "clients_name_skeleton";--> statement-breakpoint
ALTER TABLE "clients" ALTER COLUMN "review_state" SET DEFAULT 'none';--> statement-breakpoint
-- A review gives no badge, so its states no longer say "verified".
UPDATE "clients" SET "review_state" = CASE "review_state" WHEN 'verified' THEN 'approved' ELSE 'none' END
  WHERE "review_state" IN ('verified', 'unverified');--> statement-breakpoint
CREATE INDEX "clients_name_skeleton" ON "clients" USING btree ("name_skeleton") WHERE "clients"."review_state" = 'approved';--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_review_state" CHECK ("clients"."review_state" in ('none', 'pending', 'approved', 'rejected'));--> statement-breakpoint
-- Host and port of an https URI, in lower case; null for every other text, and where anything but a plain host stands before the path.
CREATE FUNCTION https_authority(uri text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(substring(uri from '^https://([A-Za-z0-9.-]+(?::[0-9]+)?)(?:[/?#]|$)'));
--> statement-breakpoint
CREATE FUNCTION is_self_registered(id uuid, document_url text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN document_url IS NOT NULL OR EXISTS (SELECT 1 FROM "registrations" AS r WHERE r."client_id" = id AND r."open");
--> statement-breakpoint
-- Whether a URI is https under a domain proved to be the organization's: the nearest domain at or above its host decides. A metadata
-- document proves its own host and port; an app that registered itself has no publisher, so nothing is proved for it.
CREATE FUNCTION is_proved_redirect(uri text, owner_id uuid, document_url text, self_registered boolean) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN https_authority(uri) IS NULL THEN false
  WHEN document_url IS NOT NULL THEN coalesce(https_authority(uri) = https_authority(document_url), false)
  WHEN self_registered THEN false
  ELSE coalesce((
    SELECT d."organization_id" = owner_id
    FROM (SELECT string_to_array(split_part(https_authority(uri), ':', 1), '.') AS labels) AS host
      CROSS JOIN LATERAL generate_series(1, cardinality(host.labels)) AS at
      JOIN "domains" AS d ON d."domain" = array_to_string(host.labels[at:], '.')
    ORDER BY at LIMIT 1), false)
END;
--> statement-breakpoint
-- Whether a client has a redirect URI, and each is a proved one.
CREATE FUNCTION is_verified_client(id uuid, owner_id uuid, document_url text, redirect_uris text[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN coalesce(redirect_uris[1], '') NOT LIKE 'https://%' THEN false
  ELSE (SELECT bool_and(is_proved_redirect(uri, owner_id, document_url, is_self_registered(id, document_url))) FROM unnest(redirect_uris) AS uri)
END;
--> statement-breakpoint
-- As before, but verified by its domains and not by a review; whether it is the platform's own, and what is known of where it leads.
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
    is_verified_client(c."client_id", c."organization_id", c."metadata_url", c."redirect_uris") AS "verified",
    c."created_at",
    c."updated_at",
    is_self_registered(c."client_id", c."metadata_url") AS "self_registered",
    c."metadata_url",
    c."first_party",
    EXISTS (SELECT 1 FROM unnest(c."redirect_uris") AS uri WHERE https_authority(uri) IS NOT NULL) AS "has_website",
    EXISTS (SELECT 1 FROM unnest(c."redirect_uris") AS uri WHERE is_proved_redirect(
      uri, c."organization_id", c."metadata_url", is_self_registered(c."client_id", c."metadata_url"))) AS "has_proved_website"
  FROM "clients" AS c
  JOIN "organizations" AS o ON o."id" = c."organization_id";
