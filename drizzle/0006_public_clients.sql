-- The public side of a client. Whoever reads this view cannot reach a redirect URI, an origin, a contact, an internal id or anyone's account through it.
CREATE VIEW "public_clients" WITH (security_barrier = true) AS
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
    c."updated_at"
  FROM "clients" AS c
  JOIN "organizations" AS o ON o."id" = c."organization_id";
--> statement-breakpoint
-- A logo goes with the last client that uses it. Its row is locked before anyone looks for other users of it, so that a client which is just taking it keeps it.
CREATE FUNCTION remove_unused_logo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "logos" WHERE "hash" = OLD."logo_hash" FOR UPDATE;
  DELETE FROM "logos" WHERE "hash" = OLD."logo_hash"
    AND NOT EXISTS (SELECT 1 FROM "clients" WHERE "logo_hash" = OLD."logo_hash");
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER clients_logo_removed AFTER DELETE ON "clients" FOR EACH ROW
  WHEN (OLD."logo_hash" IS NOT NULL) EXECUTE FUNCTION remove_unused_logo();
--> statement-breakpoint
CREATE TRIGGER clients_logo_changed AFTER UPDATE OF "logo_hash" ON "clients" FOR EACH ROW
  WHEN (OLD."logo_hash" IS NOT NULL AND OLD."logo_hash" IS DISTINCT FROM NEW."logo_hash") EXECUTE FUNCTION remove_unused_logo();
