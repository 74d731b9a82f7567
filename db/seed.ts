import { sql } from 'drizzle-orm';
import type { Db } from './client.ts';

export type Seed = { clients: number; owners: number; randomSeed?: number | undefined };

/**
 * Fills the registry with test data: `owners` people, each with an organization, and `clients` apps. A tenth of the apps belongs to the
 * first owner, the rest is spread evenly. Word frequencies in names follow Zipf's law. The same `randomSeed` creates the same ids, owners
 * and names, and works once for each database. No person has a password and no app a secret. `db` must have no statement timeout.
 */
export async function seed(db: Db, { clients, owners, randomSeed }: Seed) {
  if (owners < 1 || clients < 0)
    throw new RangeError('A seed needs at least one owner and no negative number of clients.');
  const began = performance.now();
  const mark = String(randomSeed ?? Math.trunc(Math.random() * 2 ** 31));
  await db.transaction(async (tx) => {
    await tx.execute(sql`select setseed(mod(hashtext(${mark}), 1000000) / 1000000.0)`);
    await tx.execute(sql`create temporary table seed_owners on commit drop as
      select n, 'usr_' || substr(md5('user' || ${mark} || n), 1, 20) as user_id, md5('organization' || ${mark} || n)::uuid as organization_id
      from generate_series(1, ${owners}::int) n`);
    await tx.execute(sql`insert into users (id, email, email_verified_at, name)
      select user_id, 'owner-' || n || '.' || ${mark} || '@seed.example', now(), 'Owner ' || n from seed_owners`);
    await tx.execute(sql`insert into organizations (id, external_id, name, personal_of)
      select organization_id, substr(md5('external' || ${mark} || n), 1, 24), 'Workshop ' || n, user_id from seed_owners`);
    await tx.execute(
      sql`insert into members (organization_id, user_id, role) select organization_id, user_id, 'owner' from seed_owners`,
    );
    await insertClients(tx, clients, owners, mark);
  });
  // Updates the statistics, so that PostgreSQL plans queries for the new rows.
  for (const table of ['users', 'organizations', 'members', 'clients'])
    await db.execute(sql`analyze ${sql.identifier(table)}`);
  return { clients, owners, seconds: Math.round(performance.now() - began) / 1000 };
}

/** A random word of a list. The k-th word comes about k times less often than the first. */
const zipf = (words: readonly string[]) =>
  sql`(${sql.param([...words])}::text[])[floor(power(${words.length + 1}::float8, random()))::int]`;

/** Mostly web clients, mostly unverified, some never used. */
function insertClients(db: Db, clients: number, owners: number, mark: string) {
  return db.execute(sql`insert into clients (client_id, organization_id, created_by, updated_by, name, name_skeleton,
      application_type, environment, provenance, status, review_state, token_endpoint_auth_method, require_pkce, grant_types,
      response_types, scopes, redirect_uris, access_token_lifetime_seconds, refresh_token_lifetime_seconds, created_at,
      updated_at, last_used_at)
    select client_id, organization_id, user_id, user_id, name,
      replace(translate(lower(replace(name, ' ', '')), 'i01', 'lol'), 'm', 'rn'),
      type, case when dice < 0.1 then 'development' when dice < 0.2 then 'staging' else 'production' end,
      case when dice < 0.7 then 'portal' else 'docspace' end,
      case when fate < 0.02 then 'suspended' when fate < 0.07 then 'disabled' else 'active' end,
      case when fate > 0.9 then 'approved' else 'none' end,
      case when type in ('web', 'machine') then 'client_secret_basic' else 'none' end, true,
      case type when 'machine' then array['client_credentials'] else array['authorization_code', 'refresh_token'] end,
      case type when 'machine' then array[]::text[] else array['code'] end,
      array['openid', 'profile'], case type when 'machine' then array[]::text[] else array['https://' || client_id || '.example/callback'] end,
      3600, 2592000, created, created, case when fate > 0.3 then created + (now() - created) * dice end
    from (
      select s.*, o.user_id, o.organization_id, ${zipf(firstWords)} || ' ' || ${zipf(secondWords)} || case when s.dice < 0.5 then '' else ' ' || s.n end as name
      from (
        select n, random() as dice, random() as fate,
          (overlay(overlay(md5('client' || ${mark} || n) placing '4' from 13 for 1) placing '8' from 17 for 1))::uuid as client_id,
          case when n % 10 = 0 then 1 else 1 + (n % ${owners}::int) end as owner,
          (array['web', 'web', 'web', 'spa', 'native', 'machine'])[1 + floor(random() * 6)::int] as type,
          date_trunc('milliseconds', now() - random() * interval '2 years') as created
        from generate_series(1, ${clients}::int) n
      ) s join seed_owners o on o.n = s.owner
    ) made`);
}

const words = (text: string): readonly string[] => text.split(' ');

/** The first word of an app's name, most common first; ASCII, as the look-alike expression above requires. */
const firstWords = words(
  'Smart Open Cloud Quick Team Data Easy Blue Green Bright Simple Daily North Clear Prime Rapid Urban Solid Swift Happy Silver Golden Lunar Solar Pixel River Forest Ocean Harbor Meadow Copper Velvet Crystal Marble Cedar Willow Falcon Otter Badger Heron Lynx Puffin Quartz Saffron Indigo Cobalt Amber Ivory Juniper Thistle Bramble Zephyr Yonder Kestrel Obsidian',
);

/** The second word. */
const secondWords = words(
  'Invoices Notes Sync Calendar Reports Docs Mail Tasks Forms Files Chat Search Boards Backup Planner Tracker Reader Scanner Exporter Importer Ledger Payroll Roster Archive Gallery Billing Survey Tickets Contacts Analytics Translator Signer Converter Workflow Helpdesk Inventory Bookings Timesheets Newsletter Wiki Dashboard Monitor Gateway Vault Whiteboard Transcriber Phonebook Auditor Cartographer Xylograph',
);
