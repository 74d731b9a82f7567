import { describe, expect, test } from 'vitest';
import { getAppearance, replaceAppearance } from '#lib/appearance/index';
import {
  addManager,
  createClient,
  disableClient,
  enableClient,
  getOwnedClient,
  listManagers,
  markFirstParty,
  removeClient,
  removeManager,
  suspendClient,
  unsuspendClient,
  updateClient,
} from '#lib/clients/index';
import type { Context } from '#lib/context';
import { isRegistryError } from '#lib/errors';
import { getOwnGrant, revokeGrant, takeBackScopes } from '#lib/grants/index';
import { createInvitation, listInvitations, revokeInvitation } from '#lib/invitations/index';
import { changeMemberRole, leaveOrganization, listMembers, removeMember } from '#lib/members/index';
import { getOrganization, removeOrganization, renameOrganization } from '#lib/organizations/index';
import { createProduct, listProducts, removeProduct, renameProduct } from '#lib/products/index';
import { createSecret, listSecrets, revokeSecret, rotateSecret } from '#lib/secrets/index';
import { createToken, listOrganizationTokens, revokeToken } from '#lib/tokens/index';
import { tokenScopes } from '#lib/tokens/rules';
import { type Someone, throughToken } from '#support/actors';
import { db } from '#support/database';
import { type Answer, aWorld, type Deed, everybody, keptBy, mayDo, type World } from '#support/matrix';

type Verb = [name: string, deed: Deed, act: (ctx: Context, world: World) => Promise<unknown>];

const verbs: Verb[] = [
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
  ['takeBackScopes', 'consent', (ctx, { grantId }) => takeBackScopes(ctx, grantId, ['email'])],
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

/** Nobody is no member of anything either, and may be told either. */
const isAnswer = (given: Answer, due: Answer) => given === due || (due === 'signIn' && given === 'missing');

describe.each(verbs)('%s (%s)', (name, deed, act) => {
  test.each(everybody)('by %s', async (who) => {
    const world = await aWorld(db);
    const before = await keptBy(db, world);
    const given = await answerTo(act(world.people[who], world));
    const due = mayDo[deed][who];
    expect(isAnswer(given, due), `${name}: ${given}, not ${due}`).toBe(true);
    if (due !== 'yes' && name !== 'removeOrganization') expect(await keptBy(db, world)).toBe(before);
  });

  const signedIn = everybody.filter((who) => who !== 'nobody');
  test.each(signedIn)('by %s through a token of another organization: nothing is there', async (who) => {
    const [world, other] = await Promise.all([aWorld(db), aWorld(db)]);
    const ctx = await throughToken(world.people[who] as Someone, other.organizationId, [...tokenScopes]);
    const before = await keptBy(db, world);
    // Leaving is for people: no token is told more than that.
    expect(await answerTo(act(ctx, world))).toBe(name === 'leaveOrganization' ? 'no' : 'missing');
    if (name !== 'removeOrganization') expect(await keptBy(db, world)).toBe(before);
  });
});
