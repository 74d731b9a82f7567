import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { initialAccessTokens } from '#db/schema/registration';
import { getAppearance, replaceAppearance } from '#lib/appearance/index';
import {
  addManager,
  cloneClient,
  countListedClients,
  createClient,
  disableClient,
  enableClient,
  findManagedClient,
  findOwnedClient,
  findSuspension,
  getEditableClient,
  getOwnedClient,
  listAllClients,
  listClientHistory,
  listClients,
  listClientsByNumber,
  listManagers,
  markFirstParty,
  removeClient,
  removeClients,
  removeManager,
  suspendClient,
  unsuspendClient,
  updateClient,
} from '#lib/clients/index';
import { listDomains, removeDomain, verifyDomain } from '#lib/domains/index';
import {
  countPeople,
  findOwnGrantTo,
  getOwnGrant,
  listOwnGrants,
  listOwnGrantsByNumber,
  revokeGrant,
  revokeScopes,
} from '#lib/grants/index';
import { createInvitation, listInvitations, revokeInvitation } from '#lib/invitations/index';
import type { Context } from '#lib/kernel/context';
import { isRegistryError, notFound } from '#lib/kernel/errors';
import { changeMemberRole, leaveOrganization, listMembers, removeMember } from '#lib/members/index';
import {
  findOrganization,
  getOrganization,
  lockAdministeredOrganization,
  lockOrganization,
  removeOrganization,
  renameOrganization,
} from '#lib/organizations/index';
import { requirePlatform } from '#lib/platform/index';
import { createProduct, findProduct, listProducts, removeProduct, renameProduct } from '#lib/products/index';
import { addRefusedRedirectUri, findRefusal, listRefusals } from '#lib/refusals/index';
import { createInitialAccessToken, revokeInitialAccessToken } from '#lib/registrations/index';
import {
  addScopeToResource,
  createResource,
  getResource,
  listResources,
  removeResource,
  updateResource,
} from '#lib/resources/index';
import {
  createScope,
  getScope,
  importScopes,
  listCatalogue,
  restoreScope,
  retireScope,
  retireUnusedExamples,
  updateScope,
} from '#lib/scopes/index';
import { createSecret, expireSecret, listSecrets, revokeSecret, rotateSecret } from '#lib/secrets/index';
import { createToken, findToken, listOrganizationTokens, revokeToken } from '#lib/tokens/index';
import { tokenScopes } from '#lib/tokens/rules';
import { type Someone, stranger, throughToken } from '#support/actors';
import { db } from '#support/database';
import { type Answer, aWorld, type Deed, everybody, keptBy, mayDo, type World } from '#support/matrix';

type Verb = [name: string, deed: Deed, act: (ctx: Context, world: World) => Promise<unknown>];

/** What is not found is not there. */
const there = async (found: Promise<unknown>) => {
  if ((await found) === undefined) throw notFound('It');
};

const ofWorld = ({ organizationId }: World) => ({ organizationId });
const shows = (items: readonly { clientId: string }[], { clientId }: World) => {
  if (!items.some((one) => one.clientId === clientId)) throw notFound('Client');
};

async function anInitialAccessToken(organizationId: string): Promise<string> {
  const row = { organizationId, hash: randomUUID(), pepperId: 'test', expiresAt: new Date(Date.now() + 60_000) };
  const [made] = await db.insert(initialAccessTokens).values(row).returning({ id: initialAccessTokens.id });
  return made?.id ?? '';
}

const verbs: Verb[] = [
  ['findOwnedClient', 'see', (ctx, { clientId }) => there(findOwnedClient(ctx, clientId))],
  ['findManagedClient', 'belong', (ctx, { clientId }) => there(findManagedClient(ctx, clientId))],
  ['countPeople', 'see', (ctx, { clientId }) => countPeople(ctx, clientId)],
  ['findSuspension', 'see', (ctx, { clientId }) => findSuspension(ctx, clientId)],
  ['listClientHistory', 'see', (ctx, { clientId }) => listClientHistory(ctx, clientId, { limit: 10 })],
  [
    'listClients',
    'see',
    async (ctx, world) => shows((await listClients(ctx, { filter: ofWorld(world), limit: 10 })).items, world),
  ],
  [
    'listClientsByNumber',
    'see',
    async (ctx, world) =>
      shows((await listClientsByNumber(ctx, { filter: ofWorld(world), limit: 10, offset: 0 })).items, world),
  ],
  [
    'listAllClients',
    'see',
    async (ctx, world) => {
      for await (const some of listAllClients(ctx, ofWorld(world))) shows(some, world);
    },
  ],
  [
    'countListedClients',
    'see',
    (ctx, world) => there(countListedClients(ctx, ofWorld(world), 10).then((count) => count || undefined)),
  ],
  ['findOwnGrantTo', 'consent', (ctx, { clientId }) => there(findOwnGrantTo(ctx, clientId))],
  [
    'listOwnGrants',
    'consent',
    async (ctx, { grantId }) =>
      there(listOwnGrants(ctx, { limit: 10 }).then(({ items }) => items.find(({ id }) => id === grantId))),
  ],
  [
    'listOwnGrantsByNumber',
    'consent',
    async (ctx, { grantId }) =>
      there(
        listOwnGrantsByNumber(ctx, { limit: 10, offset: 0 }).then(({ items }) =>
          items.find(({ id }) => id === grantId),
        ),
      ),
  ],
  ['listRefusals', 'see', (ctx, { clientId }) => listRefusals(ctx, clientId)],
  ['findRefusal', 'belong', (ctx, { reference }) => there(findRefusal(ctx, reference))],
  ['findOrganization', 'see', (ctx, { organizationId }) => there(findOrganization(ctx, organizationId))],
  ['lockOrganization', 'see', (ctx, { organizationId }) => lockOrganization(ctx, organizationId)],
  [
    'lockAdministeredOrganization',
    'administer',
    (ctx, { organizationId }) => lockAdministeredOrganization(ctx, organizationId),
  ],
  ['findProduct', 'see', (ctx, { organizationId, productId }) => there(findProduct(ctx, organizationId, productId))],
  ['cloneClient', 'create', (ctx, { clientId }) => cloneClient(ctx, clientId)],
  ['getEditableClient', 'edit', (ctx, { clientId }) => getEditableClient(ctx, clientId)],
  ['addRefusedRedirectUri', 'edit', (ctx, { clientId, reference }) => addRefusedRedirectUri(ctx, clientId, reference)],
  [
    'expireSecret',
    'edit',
    (ctx, { clientId, secretId }) => expireSecret(ctx, clientId, secretId, new Date(Date.now() + 86_400_000)),
  ],
  [
    'removeClients of everybody',
    'administer',
    async (ctx, { organizationId }) => removeClients(ctx, { organizationId, all: true, provenance: 'portal' }),
  ],
  ['findToken', 'endToken', (ctx, { tokenId }) => there(findToken(ctx, tokenId))],
  [
    'createInitialAccessToken',
    'administer',
    (ctx, { organizationId }) => createInitialAccessToken(ctx, { organizationId, expiresInSeconds: 60 }),
  ],
  [
    'revokeInitialAccessToken',
    'endToken',
    async (ctx, { organizationId }) => revokeInitialAccessToken(ctx, await anInitialAccessToken(organizationId)),
  ],
  ['listDomains', 'see', (ctx, { organizationId }) => listDomains(ctx, organizationId)],
  [
    'verifyDomain',
    'vouch',
    (ctx, { organizationId, marker }) => verifyDomain(ctx, { organizationId, domain: `${marker}.example` }),
  ],
  [
    'removeDomain',
    'vouch',
    async (ctx, { organizationId, marker, people }) => {
      const domain = `${marker}.example`;
      if (ctx.actor.kind === 'person' && ctx.actor.isOperator && !ctx.actor.token)
        await verifyDomain(people.operator, { organizationId, domain });
      await removeDomain(ctx, { organizationId, domain });
    },
  ],
  ['getOwnedClient', 'see', (ctx, { clientId }) => getOwnedClient(ctx, clientId)],
  ['getAppearance', 'see', (ctx, { clientId }) => getAppearance(ctx, clientId)],
  ['listManagers', 'see', (ctx, { clientId }) => listManagers(ctx, clientId)],
  ['listMembers', 'see', (ctx, { organizationId }) => listMembers(ctx, organizationId)],
  ['listProducts', 'see', (ctx, { organizationId }) => listProducts(ctx, organizationId)],
  ['getOrganization', 'see', (ctx, { organizationId }) => getOrganization(ctx, organizationId)],
  ['listSecrets', 'seeSecrets', (ctx, { clientId }) => listSecrets(ctx, clientId)],
  [
    'createClient',
    'create',
    (ctx, { organizationId }) =>
      createClient(ctx, { organizationId, metadata: { name: 'New', applicationType: 'machine' } }),
  ],
  [
    'createToken',
    'belong',
    (ctx, { organizationId }) => createToken(ctx, { organizationId, name: 'New', scopes: ['clients:read'] }),
  ],
  ['updateClient', 'edit', (ctx, { clientId }) => updateClient(ctx, clientId, { description: 'Changed' })],
  ['replaceAppearance', 'edit', (ctx, { clientId }) => replaceAppearance(ctx, clientId, { pageTitle: 'New' })],
  ['createSecret', 'edit', (ctx, { clientId }) => createSecret(ctx, clientId, { name: 'New' })],
  ['rotateSecret', 'edit', (ctx, { clientId }) => rotateSecret(ctx, clientId, { overlapSeconds: 0 })],
  ['revokeSecret', 'edit', (ctx, { clientId, secretId }) => revokeSecret(ctx, clientId, secretId)],
  [
    'updateClient of an app beside it',
    'administer',
    (ctx, { otherClientId }) => updateClient(ctx, otherClientId, { description: 'Changed' }),
  ],
  [
    'rotateSecret of an app beside it',
    'administer',
    (ctx, { otherClientId }) => rotateSecret(ctx, otherClientId, { overlapSeconds: 0 }),
  ],
  ['disableClient of an app beside it', 'administer', (ctx, { otherClientId }) => disableClient(ctx, otherClientId)],
  ['removeClient of an app beside it', 'administer', (ctx, { otherClientId }) => removeClient(ctx, otherClientId)],
  [
    'addManager to an app beside it',
    'administer',
    (ctx, { otherClientId, spareId }) => addManager(ctx, otherClientId, spareId),
  ],
  ['disableClient', 'edit', (ctx, { clientId }) => disableClient(ctx, clientId)],
  ['enableClient', 'edit', (ctx, { clientId }) => enableClient(ctx, clientId)],
  ['suspendClient', 'operate', (ctx, { clientId }) => suspendClient(ctx, clientId)],
  ['markFirstParty', 'operate', (ctx, { clientId }) => markFirstParty(ctx, clientId, true)],
  ['unsuspendClient', 'operate', (ctx, { clientId }) => unsuspendClient(ctx, clientId)],
  ['removeClient', 'remove', (ctx, { clientId }) => removeClient(ctx, clientId)],
  ['addManager', 'remove', (ctx, { clientId, spareId }) => addManager(ctx, clientId, spareId)],
  ['removeManager', 'remove', (ctx, { clientId, spareId }) => removeManager(ctx, clientId, spareId)],
  ['renameOrganization', 'administer', (ctx, { organizationId }) => renameOrganization(ctx, organizationId, 'Other')],
  [
    'changeMemberRole',
    'administer',
    (ctx, { organizationId, spareId }) => changeMemberRole(ctx, organizationId, spareId, 'viewer'),
  ],
  ['removeMember', 'administer', (ctx, { organizationId, spareId }) => removeMember(ctx, organizationId, spareId)],
  ['listInvitations', 'administer', (ctx, { organizationId }) => listInvitations(ctx, organizationId)],
  [
    'createInvitation',
    'administer',
    (ctx, { organizationId, marker }) =>
      createInvitation(ctx, organizationId, { email: `new-${marker}@example.com`, role: 'viewer' }),
  ],
  [
    'revokeInvitation',
    'administer',
    (ctx, { organizationId, invitationId }) => revokeInvitation(ctx, organizationId, invitationId),
  ],
  ['createProduct', 'administer', (ctx, { organizationId }) => createProduct(ctx, { organizationId, name: 'New' })],
  [
    'renameProduct',
    'administer',
    (ctx, { organizationId, productId }) => renameProduct(ctx, organizationId, productId, 'Other'),
  ],
  [
    'removeProduct',
    'administer',
    (ctx, { organizationId, productId }) => removeProduct(ctx, organizationId, productId),
  ],
  ['listOrganizationTokens', 'administer', (ctx, { organizationId }) => listOrganizationTokens(ctx, organizationId)],
  ['revokeToken', 'endToken', (ctx, { tokenId }) => revokeToken(ctx, tokenId)],
  ['getOwnGrant', 'consent', (ctx, { grantId }) => getOwnGrant(ctx, grantId)],
  ['revokeScopes', 'consent', (ctx, { grantId }) => revokeScopes(ctx, grantId, ['email'])],
  ['revokeGrant', 'consent', (ctx, { grantId }) => revokeGrant(ctx, grantId)],
  ['leaveOrganization', 'belong', (ctx, { organizationId }) => leaveOrganization(ctx, organizationId)],
  [
    'removeOrganization',
    'own',
    async (ctx, { organizationId, clientId, otherClientId, people }) => {
      await removeClient(people.operator, clientId);
      await removeClient(people.operator, otherClientId);
      await removeOrganization(ctx, organizationId);
    },
  ],
];

const operatorAtTheServer = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const texts = { en: { title: 'New', description: 'Something new.' } };
const aScope = async () => (await createScope(operatorAtTheServer, { name: `new:${randomUUID()}`, texts })).name;
const aResource = async () => {
  const uri = `https://${randomUUID()}.example`;
  await createResource(operatorAtTheServer, { uri, name: 'API', scopes: ['read'] });
  return uri;
};

/** What is done to the platform itself, which has no organization. */
const ofPlatform: Verb[] = [
  ['listCatalogue', 'govern', (ctx) => listCatalogue(ctx)],
  ['getScope', 'govern', (ctx) => getScope(ctx, 'read')],
  ['createScope', 'govern', (ctx) => createScope(ctx, { name: `new:${randomUUID()}`, texts })],
  ['updateScope', 'govern', async (ctx) => updateScope(ctx, await aScope(), { position: 3 })],
  ['retireScope', 'govern', async (ctx) => retireScope(ctx, await aScope())],
  ['restoreScope', 'govern', async (ctx) => restoreScope(ctx, await aScope())],
  ['retireUnusedExamples', 'govern', (ctx) => retireUnusedExamples(ctx)],
  [
    'importScopes',
    'govern',
    (ctx) =>
      importScopes(ctx, {
        openapi: '3.1.0',
        components: { securitySchemes: { a: { type: 'oauth2', flows: { b: { scopes: { 'files:read': '' } } } } } },
      }),
  ],
  ['listResources', 'govern', (ctx) => listResources(ctx)],
  ['getResource', 'govern', async (ctx) => getResource(ctx, await aResource())],
  [
    'createResource',
    'govern',
    (ctx) => createResource(ctx, { uri: `https://${randomUUID()}.example`, name: 'API', scopes: ['read'] }),
  ],
  ['updateResource', 'govern', async (ctx) => updateResource(ctx, await aResource(), { name: 'Other' })],
  ['addScopeToResource', 'govern', async (ctx) => addScopeToResource(ctx, await aResource(), 'read')],
  ['removeResource', 'govern', async (ctx) => removeResource(ctx, await aResource())],
  ['requirePlatform', 'govern', async (ctx) => requirePlatform(ctx, 'scope.update')],
];

async function answerTo(act: Promise<unknown>): Promise<Answer> {
  try {
    await act;
    return 'yes';
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    const said: Partial<Record<string, Answer>> = { forbidden: 'no', not_found: 'missing', unauthenticated: 'signIn' };
    // Its tokens are its people's: an operator is told which field is wrong.
    if (error.code === 'invalid_metadata' && error.field === 'organizationId') return 'missing';
    return said[error.code] ?? (error.code as Answer);
  }
}

/** What no token does, whatever it may. */
const forPeople = ['leaveOrganization', 'createInitialAccessToken'];

/** Nobody is no member of anything either, and may be told either. */
const isAnswer = (given: Answer, due: Answer) => given === due || (due === 'signIn' && given === 'missing');

describe.each([...verbs, ...ofPlatform])('%s (%s)', (name, deed, act) => {
  test.each(everybody)('by %s', async (who) => {
    const world = await aWorld(db);
    const before = await keptBy(db, world);
    const given = await answerTo(act(world.people[who], world));
    const due = mayDo[deed][who];
    expect(isAnswer(given, due), `${name}: ${given}, not ${due}`).toBe(true);
    if (due !== 'yes' && name !== 'removeOrganization') expect(await keptBy(db, world)).toBe(before);
  });

  const signedIn = everybody.filter((who) => who !== 'nobody');
  test.each(signedIn)('by %s through a token of another organization: not found', async (who) => {
    const [world, other] = await Promise.all([aWorld(db), aWorld(db)]);
    const ctx = await throughToken(world.people[who] as Someone, other.organizationId, [...tokenScopes]);
    const before = await keptBy(db, world);
    // No token is told more than that.
    const due = deed === 'govern' ? mayDo.govern[who] : forPeople.includes(name) ? 'no' : 'missing';
    expect(await answerTo(act(ctx, world))).toBe(due);
    if (name !== 'removeOrganization') expect(await keptBy(db, world)).toBe(before);
  });
});

const verb = /export (?:async )?(?:function\*? |const )(\w+)(?: = (?:async )?)?\(\s*(?:\w+|\{[^}]*\}): Context\b/g;

/** What the index of a noun offers of the functions that do something for somebody. */
function verbsOf(noun: string): string[] {
  const folder = `lib/${noun}`;
  const offered = readFileSync(`${folder}/index.ts`, 'utf8');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(verb)].map(([, name = '']) => name))
    .filter((name) => new RegExp(`\\b${name}\\b`).test(offered));
}

const nouns = readdirSync('lib').filter((name) => existsSync(`lib/${name}/index.ts`));

/** Nouns whose verbs are about oneself, about the whole platform, or parts of the verbs of others: they have tests of their own. */
const others = [
  ...['devices', 'identities', 'sessions', 'users'],
  ...['mail', 'signing-keys'],
  ...['audit', 'credentials', 'endings', 'idempotency'],
];

/** Verbs that answer otherwise than by yes and no, and the test that tries for whom. */
const triedIn: Record<string, string> = {
  acceptInvitation: 'tests/db/invitations.test.ts',
  allowAccess: 'tests/http/oauth/other-browsers.test.ts',
  createOrganization: 'tests/db/organizations.test.ts',
  findGrant: 'tests/http/oauth/consent.test.ts',
  findInvitation: 'tests/db/invitations.test.ts',
  findSelfRegistered: 'tests/http/registration/open.test.ts',
  getPersonalOrganization: 'tests/http/trackle/read.test.ts',
  getRegistration: 'tests/http/registration/access-token.test.ts',
  judgeInvitee: 'tests/db/invitations.test.ts',
  storeReveal: 'tests/db/secrets.test.ts',
  storeTokenReveal: 'tests/db/tokens.test.ts',
  listOrganizations: 'tests/db/organizations.test.ts',
  listTokens: 'tests/db/tokens.test.ts',
  mayReadSealed: 'tests/db/secrets.test.ts',
  readSealedSecrets: 'tests/db/secrets.test.ts',
  registerClient: 'tests/http/registration/initial-access-token.test.ts',
  removeRegistration: 'tests/http/registration/access-token.test.ts',
  replaceRegistration: 'tests/http/registration/access-token.test.ts',
  revokeGrantTo: 'tests/http/matrix.test.ts',
  takeReveal: 'tests/db/secrets.test.ts',
  takeTokenReveal: 'tests/db/tokens.test.ts',
};

test('every verb of the core has its row here, or a test of its own', () => {
  const tried = [...verbs, ...ofPlatform].map(([name]) => name.split(' ')[0] ?? '');
  const due = nouns.filter((noun) => !others.includes(noun)).flatMap(verbsOf);
  expect(due.filter((name) => !tried.includes(name) && !(name in triedIn))).toEqual([]);
  const all = nouns.flatMap(verbsOf);
  expect([...tried, ...Object.keys(triedIn)].filter((name) => !all.includes(name))).toEqual([]);
  expect(others.filter((noun) => verbsOf(noun).length === 0)).toEqual([]);
  expect(Object.values(triedIn).filter((file) => !existsSync(file))).toEqual([]);
});
