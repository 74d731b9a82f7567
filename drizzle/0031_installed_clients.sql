-- As before, and whether it is a program on people's devices: by its type, or by where its answers lead (http on loopback outside
-- development, or a scheme of its own).
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
      uri, c."organization_id", c."metadata_url", is_self_registered(c."client_id", c."metadata_url"))) AS "has_proved_website",
    (c."application_type" = 'native' OR EXISTS (SELECT 1 FROM unnest(c."redirect_uris") AS uri
      WHERE uri !~* '^https:' AND (uri !~* '^http:' OR c."environment" <> 'development'))) AS "installed"
  FROM "clients" AS c
  JOIN "organizations" AS o ON o."id" = c."organization_id";
