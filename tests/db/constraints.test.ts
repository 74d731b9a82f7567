import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { logos, secretReveals } from '#db/schema/client';
import { clientAppearances } from '#db/schema/client-appearance';
import { clientKeySets } from '#db/schema/client-key-set';
import { domains } from '#db/schema/domain';
import { endings } from '#db/schema/ending';
import { keyedRequests } from '#db/schema/idempotency';
import { logoFetches } from '#db/schema/logo-fetch';
import { logoutNotices } from '#db/schema/logout-notice';
import { mails } from '#db/schema/mail';
import { metadataDocuments } from '#db/schema/metadata-document';
import { pairwiseSubjects } from '#db/schema/pairwise-subject';
import { rateLimits } from '#db/schema/rate-limit';
import { initialAccessTokens, registrations } from '#db/schema/registration';
import { resourceIntrospectors, resources } from '#db/schema/resource';
import { scopeAliases } from '#db/schema/scope';
import { signingKeys } from '#db/schema/signing-key';
import { tokenReveals } from '#db/schema/token';
import { emailLinks, identities, sessions } from '#db/schema/user';
import { db } from '#support/database';
import { aWorld } from '#support/matrix';

const tomorrow = new Date(Date.now() + 86_400_000);

/** Two rows in every table. */
beforeAll(async () => {
  for (const alg of ['RS256', 'ES256'] as const) {
    const { people, secretId, tokenId, clientId, organizationId, grantId } = await aWorld(db);
    const userId = people.owner.actor.kind === 'person' ? people.owner.actor.userId : '';
    const reveal = () => ({ id: randomUUID(), userId, sealed: 'x', sealingKeyId: 'x', expiresAt: tomorrow });
    await db.insert(logos).values({ hash: randomUUID(), png: new Uint8Array([1]) });
    await db
      .insert(clientKeySets)
      .values({ clientId, jwksUri: 'https://app.example/jwks', keys: [], readAt: new Date() });
    const proof = { method: 'operator' as const, verifiedBy: userId, verifiedAt: new Date() };
    await db.insert(domains).values({ domain: `${randomUUID()}.example`, organizationId, ...proof });
    await db.insert(clientAppearances).values({ clientId, appearance: {}, updatedBy: userId });
    await db.insert(endings).values({ subject: 'client:x' });
    await db.insert(mails).values({ recipient: 'a@example.com', subject: 'Hello', body: 'Hello' });
    await db.insert(identities).values({ provider: 'oidc', subject: randomUUID(), userId });
    await db.insert(logoFetches).values({ clientId, logoUri: 'https://app.example/logo.png' });
    await db.insert(logoutNotices).values({ clientId, userId, sid: 'x' });
    const subject = `usr_${randomUUID().replaceAll('-', '')}`;
    await db.insert(pairwiseSubjects).values({ userId, sector: 'app.example', subject });
    await db.insert(rateLimits).values({ key: randomUUID(), count: 1, resetsAt: tomorrow });
    await db.insert(secretReveals).values({ ...reveal(), secretId });
    await db.insert(tokenReveals).values({ ...reveal(), tokenId });
    const link = { tokenHash: randomUUID(), userId, purpose: 'verify_email', email: 'a@example.com' };
    await db.insert(emailLinks).values({ ...link, expiresAt: tomorrow });
    const keyed = { id: randomUUID(), tokenId, attemptId: randomUUID(), fingerprint: 'x' };
    await db.insert(keyedRequests).values({ ...keyed, expiresAt: tomorrow });
    const credential = { hash: randomUUID(), pepperId: 'x' };
    await db.insert(registrations).values({ ...credential, clientId, open: true });
    await db.insert(metadataDocuments).values({ clientId, readAt: tomorrow, freshUntil: tomorrow });
    await db
      .insert(initialAccessTokens)
      .values({ ...credential, organizationId, createdBy: userId, expiresAt: tomorrow });
    await db.insert(signingKeys).values({ kid: randomUUID(), alg, publicJwk: {}, sealed: 'x', sealingKeyId: 'x' });
    const uri = `https://${randomUUID()}.example/`;
    const offer = { name: 'API', scopes: ['read'], accessTokenFormat: 'jwt', lifetimeSeconds: 60 } as const;
    await db.insert(resources).values({ uri, ...offer, scopes: ['read'] });
    await db.insert(resourceIntrospectors).values({ resourceUri: uri, clientId });
    await db.insert(scopeAliases).values({ name: randomUUID(), scopeName: 'read', acceptedUntil: tomorrow });
    const [session] = await db.insert(sessions).values({ userId, expiresAt: tomorrow }).returning();
    const under = { clientId, userId, secretId, grantId, sessionId: session?.id };
    await db.insert(artifacts).values({ hash: randomUUID(), kind: 'AccessToken', ...under, payload: {} });
    await db.execute(sql`
      insert into audit_events (actor_kind, channel, action, target_type, target_id, request_id)
      values ('system', 'portal', 'client.create', 'client', 'x', 'x')`);
  }
});

/** Which rule of the database refuses the statement. */
async function refusalOf(statement: string) {
  const error: unknown = await db
    .transaction(async (tx) => {
      await tx.execute(sql.raw(statement));
      throw new Error('it was accepted');
    })
    .catch((thrown: unknown) => thrown);
  const cause = (error as { cause?: Record<string, string> }).cause ?? { message: String(error) };
  return { code: cause.code, constraint: cause.constraint_name, column: cause.column_name, message: cause.message };
}

const nth = (table: string, at: number) => `ctid = (select ctid from ${table} order by ctid offset ${at} limit 1)`;
const first = (table: string, set: string) => `update ${table} set ${set} where ${nth(table, 0)}`;

type Constraint = { table: string; name: string; kind: 'c' | 'f' | 'u' | 'p'; columns: string[]; types: string[] };
const constraints = (
  await db.execute<Constraint>(sql`
    select conrelid::regclass::text as "table", conname as name, contype as kind,
      array(select attname::text from unnest(conkey) with ordinality k(num, at) join pg_attribute on attrelid = conrelid and attnum = num order by at) as columns,
      array(select format_type(atttypid, null) from unnest(conkey) with ordinality k(num, at) join pg_attribute on attrelid = conrelid and attnum = num order by at) as types
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'u', 'p') order by 1, 2`)
).map((row) => ({ ...row }));
const ofKind = (...kinds: string[]) => constraints.filter(({ kind }) => kinds.includes(kind));
const required = (
  await db.execute<{ table: string; column: string }>(sql`
    select attrelid::regclass::text as "table", attname as "column" from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and attnotnull and attidentity = '' order by 1, 2`)
).map((row) => ({ ...row }));

const tooLong = `repeat('x', 257)`;
/** Every check by name, and what it refuses. */
const checks: Record<string, string[]> = {
  client_appearances_is_object: [`appearance = '[]'`, `appearance = 'null'`],
  client_appearances_size: [`appearance = jsonb_build_object('x', repeat('x', 131072))`],
  api_tokens_name_length: [`name = ''`, `name = ${tooLong}`],
  api_tokens_scopes_some: [`scopes = '{}'`],
  clients_application_type: [`application_type = 'desktop'`],
  clients_auth_method: [`token_endpoint_auth_method = 'client_secret_jwt'`],
  clients_environment: [`environment = 'test'`],
  clients_jwks_one: [`jwks = '{"keys":[]}', jwks_uri = 'https://app.example/jwks'`],
  clients_lifetimes: ['access_token_lifetime_seconds = 0', 'refresh_token_lifetime_seconds = -1'],
  clients_metadata_url: [`metadata_url = 'https://app.example/client'`, `provenance = 'metadata_document'`],
  clients_name_length: [`name = ''`, `name = ${tooLong}`],
  clients_optional_scopes: [`scopes = '{openid}', optional_scopes = '{email}'`],
  clients_provenance: [`provenance = 'elsewhere'`],
  clients_public_pkce: [
    `token_endpoint_auth_method = 'none', require_pkce = false`,
    `token_endpoint_auth_method = 'none', grant_types = '{client_credentials}'`,
  ],
  clients_redirect_uris_max: [`redirect_uris = array_fill('https://app.example/'::text, array[21])`],
  clients_review_state: [`review_state = 'trusted'`],
  clients_status: [`status = 'deleted'`],
  domains_form: [
    `domain = 'Example.com'`,
    `domain = 'com'`,
    `domain = '-a.example'`,
    `domain = 'a.example.'`,
    `domain = repeat('x.', 126) || 'example'`,
  ],
  domains_method: [`method = 'hearsay'`],
  email_links_purpose: [`purpose = 'sign_in'`],
  initial_access_tokens_uses: ['uses_left = -1'],
  signing_keys_alg: [`alg = 'none'`, `alg = 'HS256'`],
  invitations_role: [`role = 'operator'`],
  keyed_requests_sealed_with_key: [`sealed = 'x'`, `sealing_key_id = 'x'`],
  members_role: [`role = 'operator'`],
  organizations_external_id_form: [`external_id = 'ABCDEFABCDEFABCDEFABCDEF'`, `external_id = 'abc'`],
  organizations_name_length: [`name = ''`, `name = ${tooLong}`],
  organizations_not_own_parent: ['parent_id = id'],
  products_name_length: [`name = ''`, `name = ${tooLong}`],
  products_slug_form: [`slug = 'No Slug'`, `slug = '12'`, `slug = repeat('x', 65)`],
  resources_format: [`access_token_format = 'xml'`],
  resources_lifetime: [
    'lifetime_seconds = 301',
    'lifetime_seconds = null',
    `access_token_format = 'opaque', lifetime_seconds = 0`,
  ],
  resources_name_length: [`name = ''`, `name = ${tooLong}`],
  resources_uri_form: [
    `uri = '/api'`,
    `uri = 'https://api.example/#x'`,
    `uri = 'https://api.example/' || repeat('x', 2048)`,
  ],
  scopes_access: [`access = 'execute'`],
  grants_declined_apart: [`scopes = '{read,write}', declined = '{write}'`],
  grants_resources_object: [`resources = '[]'`],
  pairwise_subjects_form: [`subject = 'x'`],
  refusals_times: [`times = 0`],
  refusals_asked_length: [`asked = repeat('x', 201)`],
  refusals_redirect_uri_length: [`redirect_uri = repeat('x', 2049)`],
  logo_fetches_attempts: [`attempts = -1`],
  logout_notices_attempts: [`attempts = -1`],
  scopes_name_form: [`name = 'two words'`, `name = 'quo"te'`, `name = ${tooLong}`],
  scopes_open_to: [`open_to = 'friends'`],
  scopes_restricted_closed: [`sensitivity = 'restricted', open_to_strangers = true`],
  scopes_sensitivity: [`sensitivity = 'secret'`],
  scopes_texts_english: [`texts = '{"it":{}}'`],
  secrets_name_length: [`name = ''`, `name = ${tooLong}`],
  secrets_sealed_with_key: [`sealed = 'x'`, `sealing_key_id = 'x'`],
  users_email_length: [`email = 'a@'`, `email = repeat('x', 255)`],
  users_id_form: [`id = '3f0c1e9a-5b7d-4c2e-9a61-0d8f2b4e6c13'`],
  users_name_length: [`name = ''`, `name = ${tooLong}`],
};
/** Keys that no second row can simply take over: PostgreSQL numbers them itself, or most rows leave them empty. */
const repeated: Record<string, string> = {
  audit_events_pkey: `insert into audit_events overriding system value select * from audit_events limit 1`,
  endings_pkey: `insert into endings overriding system value select * from endings limit 1`,
  products_pkey: `insert into products overriding system value select * from products limit 1`,
  clients_number_unique: `insert into clients overriding system value
    select (jsonb_populate_record(c, jsonb_build_object('client_id', gen_random_uuid()))).* from clients c limit 1`,
  organizations_number_unique: `insert into organizations overriding system value
    select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'external_id', '${'0'.repeat(24)}'))).*
    from organizations o limit 1`,
  organizations_personal_of_unique: `update organizations set personal_of = (select min(id) from users)`,
  clients_metadata_url_unique: `update clients set metadata_url = 'https://app.example/', provenance = 'metadata_document'`,
  clients_submission_id_unique: `update clients set submission_id = '${randomUUID()}'`,
  secrets_submission_id_unique: `update secrets set submission_id = '${randomUUID()}'`,
  api_tokens_submission_id_unique: `update api_tokens set submission_id = '${randomUUID()}'`,
};
/** It begins with the primary key, which is therefore what refuses. */
const behindAnother = 'products_in_organization';

describe('the database itself refuses', () => {
  test.each(ofKind('f'))('$table: $name', async ({ table, name, columns, types }) => {
    const nobody: Record<string, string> = {
      uuid: 'gen_random_uuid()',
      text: `'usr_nobodynobodynobody'`,
      integer: '2147483647',
    };
    const refused = await refusalOf(first(table, `${columns[0]} = ${nobody[types[0] ?? '']}`));
    expect(refused).toMatchObject({ code: '23503', constraint: name });
  });

  test.each(ofKind('u', 'p').filter(({ name }) => name !== behindAnother))(
    '$table: $name',
    async ({ table, name, columns }) => {
      const keys = columns.join(', ');
      const taken = `update ${table} set (${keys}) = (select ${keys} from ${table} where ${nth(table, 0)}) where ${nth(table, 1)}`;
      expect(await refusalOf(repeated[name] ?? taken)).toMatchObject({ code: '23505', constraint: name });
    },
  );

  test.each([
    [
      'users_email_key',
      `update users set email = case when ${nth('users', 0)} then 'Same@example.com' else 'same@example.com' end`,
    ],
    ['signing_keys_in_force', `update signing_keys set alg = 'RS256'`],
    ['artifacts_other', `update artifacts set other_hash = 'x'`],
    ['identities_user_key', `update identities set user_id = (select min(user_id) from identities)`],
    [
      'invitations_open',
      `insert into invitations (organization_id, email, role, token_hash, invited_by, expires_at) select organization_id, upper(email), role, 'x', invited_by, expires_at from invitations limit 1`,
    ],
  ])('%s', async (constraint, statement) => {
    expect(await refusalOf(statement)).toMatchObject({ code: '23505', constraint });
  });

  test.each(
    ofKind('c')
      .filter(({ table }) => table !== 'audit_events')
      .flatMap(({ table, name }) => (checks[name] ?? ['']).map((set) => [table, name, set] as const)),
  )('%s: %s: %s', async (table, constraint, set) => {
    expect(await refusalOf(first(table, set))).toMatchObject({ code: '23514', constraint });
  });

  test('audit_events: an action that is no noun.verb', async () => {
    const refused = await refusalOf(
      `insert into audit_events (actor_kind, channel, action, target_type, target_id, request_id) values ('system', 'x', 'Create client', 'x', 'x', 'x')`,
    );
    expect(refused).toMatchObject({ code: '23514', constraint: 'audit_events_action_form' });
  });

  test.each(required.filter(({ table }) => table !== 'audit_events'))(
    '$table without $column',
    async ({ table, column }) => {
      expect(await refusalOf(first(table, `${column} = null`))).toMatchObject({ code: '23502', column });
    },
  );

  test.each(['update audit_events set channel = channel', 'delete from audit_events', 'truncate audit_events'])(
    '%s',
    async (statement) => {
      expect(await refusalOf(statement)).toMatchObject({ code: '42501' });
    },
  );
});

test('the migrations match the schema: nothing is left to generate', () => {
  const out = mkdtempSync(join(tmpdir(), 'clientele-drizzle-'));
  onTestFinished(() => rmSync(out, { recursive: true }));
  cpSync('drizzle', out, { recursive: true });
  const kit = join('node_modules', 'drizzle-kit', 'bin.cjs');
  const options = ['--dialect', 'postgresql', '--schema', './db/schema/*.ts', '--out', out];
  execFileSync(process.execPath, [kit, 'generate', ...options], { stdio: 'pipe' });
  expect(readdirSync(out).toSorted()).toEqual(readdirSync('drizzle').toSorted());
});
