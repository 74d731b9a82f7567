import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { removeClient } from '#lib/clients/index';
import { type Answer, aWorld, type Deed, everybody, keptBy, mayDo, type Who, type World } from '#support/matrix';
import { portalDb } from '#support/portal-database';
import { formOf, type Visitor, visitorOf } from '#support/portal-visit';

type Page = [route: string, deed: Deed, path: (world: World) => string, but?: Partial<Record<Who, Answer>>];

const ofClient =
  (section: string) =>
  ({ clientId }: World) =>
    `/clients/${clientId}${section}`;
const ofOrganization =
  (section: (world: World) => string = () => '') =>
  (world: World) =>
    `/settings/organizations/${world.organizationId}${section(world)}`;
const ofGrant =
  (section = '') =>
  ({ clientId }: World) =>
    `/settings/authorized-apps/${clientId}${section}`;
const client = '/clients/[clientId]';
const organization = '/settings/organizations/[organizationId]';

const pages: Page[] = [
  ['/clients', 'self', () => '/clients'],
  // The stranger registers for an organization of their own.
  ['/clients/new', 'create', () => '/clients/new', { stranger: 'yes' }],
  [client, 'see', ofClient('')],
  [`${client}/settings`, 'see', ofClient('/settings')],
  [`${client}/redirects`, 'see', ofClient('/redirects')],
  [`${client}/permissions`, 'see', ofClient('/permissions')],
  [`${client}/branding`, 'see', ofClient('/branding')],
  [`${client}/refusals`, 'see', ofClient('/refusals')],
  [`${client}/history`, 'see', ofClient('/history')],
  [`${client}/team`, 'see', ofClient('/team')],
  [`${client}/credentials`, 'seeSecrets', ofClient('/credentials')],
  [
    `${client}/credentials/[secretId]/revoke`,
    'edit',
    (world) => ofClient(`/credentials/${world.secretId}/revoke`)(world),
  ],
  [`${client}/danger`, 'edit', ofClient('/danger')],
  ['/settings', 'self', () => '/settings'],
  ['/settings/profile', 'self', () => '/settings/profile'],
  ['/settings/sessions', 'self', () => '/settings/sessions'],
  ['/settings/tokens', 'self', () => '/settings/tokens'],
  ['/settings/tokens/new', 'self', () => '/settings/tokens/new'],
  ['/settings/tokens/[tokenId]/revoke', 'endToken', ({ tokenId }) => `/settings/tokens/${tokenId}/revoke`],
  ['/settings/authorized-apps', 'self', () => '/settings/authorized-apps'],
  ['/settings/authorized-apps/[clientId]', 'consent', ofGrant()],
  ['/settings/authorized-apps/[clientId]/revoke', 'consent', ofGrant('/revoke')],
  ['/settings/organizations', 'self', () => '/settings/organizations'],
  ['/settings/organizations/new', 'self', () => '/settings/organizations/new'],
  [organization, 'see', ofOrganization()],
  [`${organization}/delete`, 'own', ofOrganization(() => '/delete')],
  [`${organization}/leave`, 'belong', ofOrganization(() => '/leave')],
  [
    `${organization}/members/[userId]/remove`,
    'administer',
    ofOrganization(({ spareId }) => `/members/${spareId}/remove`),
  ],
  [`${organization}/products/[productId]`, 'administer', ofOrganization(({ productId }) => `/products/${productId}`)],
  ['/admin', 'operate', () => '/admin'],
  ['/admin/mailbox', 'operate', () => '/admin/mailbox'],
];

const statuses: Record<Answer, number> = { yes: 200, no: 403, missing: 404, signIn: 307 };
const spellings: [string, (path: string) => [string, RequestInit?]][] = [
  ['RSC: 1', (path) => [path, { headers: { rsc: '1' } }]],
  ['?_rsc=', (path) => [`${path}?_rsc=abcde`, { headers: { rsc: '1', 'next-router-prefetch': '1' } }]],
  ['.rsc', (path) => [`${path}.rsc`]],
  ['HEAD', (path) => [path, { method: 'HEAD' }]],
];

let world: World;
const visitors = {} as Record<Who, Visitor>;
beforeAll(async () => {
  world = await aWorld(portalDb);
  for (const who of everybody) visitors[who] = await visitorOf(world.people[who]);
});

describe.each(pages)('the page %s (%s)', (_, deed, pathOf, but) => {
  test.each(everybody)('for %s', async (who) => {
    const due = but?.[who] ?? mayDo[deed][who];
    const path = pathOf(world);
    const answer = await visitors[who](path);
    const leadsOn = path === '/settings';
    expect(answer.status).toBe(leadsOn ? 307 : statuses[due]);
    if (due === 'signIn' && !leadsOn) expect(answer.headers.get('location')).toContain('/sign-in?callbackUrl=');
    if (due === 'yes') return;
    // Whoever sees the app may be told its name by what is refused, and nothing else.
    const secret = mayDo.see[who] === 'yes' ? `Secret ${world.marker}` : world.marker;
    expect((await answer.text()).includes(secret)).toBe(false);
    for (const [spelling, ask] of spellings)
      expect((await (await visitors[who](...ask(path))).text()).includes(secret), spelling).toBe(false);
  });
});

test('every page behind sign-in has its row', () => {
  const there = globSync('app/{(owner),(admin)}/**/page.tsx').map((file) =>
    file.replace(/^app\/\(\w+\)/, '').replace(/\/page\.tsx$/, ''),
  );
  // A mail is its reader's address and words: tests/e2e/people.test.ts.
  const here = [...pages.map(([route]) => route), '/admin/mailbox/[mailId]'];
  expect(here.toSorted()).toEqual(there.toSorted());
});

type Action = {
  name: string;
  deed: Deed;
  /** Where the form is, as its owner sees it, and the button that sends it. */
  page: (world: World) => string;
  button: string;
  having?: (world: World) => Record<string, string>;
  type?: (world: World) => Record<string, string>;
  first?: (world: World) => Promise<unknown>;
};

const clients = 'app/(owner)/clients';
const organizations = 'app/(owner)/settings/organizations/[organizationId]';
const actions: Action[] = [
  {
    name: `${clients}/new create`,
    deed: 'create',
    page: () => '/clients/new',
    button: 'Create app',
    type: () => ({ name: 'New' }),
  },
  {
    name: `${clients}/[clientId]/settings saveSettings`,
    deed: 'edit',
    page: ofClient('/settings'),
    button: 'Save',
    type: () => ({ name: 'Changed' }),
  },
  {
    name: `${clients}/[clientId]/redirects saveRedirects`,
    deed: 'edit',
    page: ofClient('/redirects'),
    button: 'Save',
    type: () => ({ redirectUris: 'https://app.example/changed' }),
  },
  {
    name: `${clients}/[clientId]/refusals acceptUri`,
    deed: 'edit',
    page: ofClient('/refusals'),
    button: 'Add this redirect URI',
  },
  {
    name: `${clients}/[clientId]/permissions savePermissions`,
    deed: 'edit',
    page: ofClient('/permissions'),
    button: 'Save',
    type: () => ({ scopes: 'openid' }),
  },
  {
    name: `${clients}/[clientId]/branding saveBranding`,
    deed: 'edit',
    page: ofClient('/branding'),
    button: 'Save',
    type: () => ({ description: 'Changed' }),
  },
  {
    name: `${clients}/[clientId]/credentials addSecret`,
    deed: 'edit',
    page: ofClient('/credentials'),
    button: 'Add secret',
    type: () => ({ name: 'New' }),
  },
  { name: `${clients}/[clientId]/credentials rotate`, deed: 'edit', page: ofClient('/credentials'), button: 'Rotate' },
  {
    name: `${clients}/[clientId]/credentials revoke`,
    deed: 'edit',
    page: (of) => ofClient(`/credentials/${of.secretId}/revoke`)(of),
    button: 'Revoke now',
  },
  { name: `${clients}/[clientId]/danger switchStatus`, deed: 'edit', page: ofClient('/danger'), button: 'Switch off' },
  {
    name: `${clients}/[clientId]/danger deleteClient`,
    deed: 'remove',
    page: ofClient('/danger'),
    button: 'Delete this app',
    type: ({ marker }) => ({ name: `App ${marker}` }),
  },
  {
    name: `${clients}/[clientId]/team addToTeam`,
    deed: 'remove',
    page: ofClient('/team'),
    button: 'Add',
    type: ({ spareId }) => ({ userId: spareId }),
  },
  { name: `${clients}/[clientId]/team removeFromTeam`, deed: 'remove', page: ofClient('/team'), button: 'Remove' },
  {
    name: `${organizations} rename`,
    deed: 'administer',
    page: ofOrganization(),
    button: 'Save name',
    type: () => ({ name: 'Changed' }),
  },
  {
    name: `${organizations} changeRole`,
    deed: 'administer',
    page: ofOrganization(),
    button: 'Save the role',
    having: ({ spareId }) => ({ userId: spareId }),
    type: () => ({ role: 'viewer' }),
  },
  {
    name: `${organizations} remove`,
    deed: 'administer',
    page: ofOrganization(({ spareId }) => `/members/${spareId}/remove`),
    button: 'Remove now',
  },
  {
    name: `${organizations} invite`,
    deed: 'administer',
    page: ofOrganization(),
    button: 'Invite',
    type: ({ marker }) => ({ email: `new-${marker}@example.com`, role: 'viewer' }),
  },
  { name: `${organizations} takeBack`, deed: 'administer', page: ofOrganization(), button: 'Take back' },
  {
    name: `${organizations} addProduct`,
    deed: 'administer',
    page: ofOrganization(),
    button: 'Add product',
    type: () => ({ name: 'New' }),
  },
  {
    name: `${organizations} changeProduct`,
    deed: 'administer',
    page: ofOrganization(({ productId }) => `/products/${productId}`),
    button: 'Save name',
    type: () => ({ name: 'Changed' }),
  },
  {
    name: `${organizations} deleteProduct`,
    deed: 'administer',
    page: ofOrganization(({ productId }) => `/products/${productId}`),
    button: 'Remove',
  },
  { name: `${organizations} leave`, deed: 'belong', page: ofOrganization(() => '/leave'), button: 'Leave now' },
  {
    name: `${organizations} deleteAll`,
    deed: 'own',
    page: ofOrganization(() => '/delete'),
    button: 'Delete now',
    first: async ({ people, clientId, otherClientId }) => {
      await removeClient(people.operator, clientId);
      await removeClient(people.operator, otherClientId);
    },
  },
  {
    name: 'app/(owner)/settings/authorized-apps takeBack',
    deed: 'consent',
    page: ofGrant(),
    button: 'Take back',
  },
  {
    name: 'app/(owner)/settings/authorized-apps revoke',
    deed: 'consent',
    page: ofGrant('/revoke'),
    button: 'Revoke now',
  },
  {
    name: 'app/(owner)/settings/tokens create',
    deed: 'belong',
    page: () => '/settings/tokens/new',
    button: 'Create token',
    type: ({ organizationId }) => ({ organizationId, name: 'New', scopes: 'clients:read' }),
  },
  {
    name: 'app/(owner)/settings/tokens revoke',
    deed: 'endToken',
    page: ({ tokenId }) => `/settings/tokens/${tokenId}/revoke`,
    button: 'Revoke now',
  },
];

/** Sends the form of an action, taken from its owner's page, as somebody else. */
async function send({ page, button, having, type }: Action, of: World, who: Who): Promise<Response> {
  const path = page(of);
  const html = await (await (await visitorOf(of.people.owner))(path)).text();
  const form = await formOf(html, button, having?.(of));
  for (const [name, value] of Object.entries(type?.(of) ?? {})) form.set(name, value);
  return (await visitorOf(of.people[who]))(path, { method: 'POST', body: form });
}

describe.each(actions.map((action) => [action.name, action.deed, action] as const))(
  'the action %s (%s)',
  (_, deed, action) => {
    const refused = everybody.filter((who) => mayDo[deed][who] !== 'yes');
    test(`changes nothing for ${refused.join(', ')}`, async () => {
      const of = await aWorld(portalDb);
      await action.first?.(of);
      const before = await keptBy(portalDb, of);
      for (const who of refused) {
        const answer = await send(action, of, who);
        expect(answer.status, who).toBeLessThan(500);
        if (who === 'nobody') expect(answer.headers.get('location')).toContain('/sign-in');
        expect(await keptBy(portalDb, of), who).toBe(before);
      }
    });

    test.each(everybody.filter((who) => mayDo[deed][who] === 'yes'))('works for %s', async (who) => {
      const of = await aWorld(portalDb);
      await action.first?.(of);
      const before = await keptBy(portalDb, of);
      const answer = await send(action, of, who);
      expect(answer.status).toBeLessThan(400);
      expect(await keptBy(portalDb, of)).not.toBe(before);
    });
  },
);

test('every action behind sign-in has its row, or concerns only its sender', () => {
  const ofOneself = [
    'app/(owner) leave',
    'app/(owner) chooseTheme',
    ...['saveName', 'askForConfirmation', 'saveEmail', 'savePassword', 'askForPasswordLink'].map(
      (name) => `app/(owner)/settings/profile ${name}`,
    ),
    ...['endOne', 'endOthers'].map((name) => `app/(owner)/settings/sessions ${name}`),
    'app/(owner)/settings/organizations/new create',
  ];
  const there = globSync('app/{(owner),(admin)}/**/actions.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^export (?:async function|const) (\w+)/gm)].map(
      ([, name]) => `${file.replace(/\/actions\.ts$/, '')} ${name}`,
    ),
  );
  expect([...actions.map(({ name }) => name), ...ofOneself].toSorted()).toEqual(there.toSorted());
});
