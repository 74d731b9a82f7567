import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { type Provenance, provenances } from '#lib/clients/rules';
import { newClientWire as appsWire } from '#lib/dialects/apps/wire';
import { newClientWire as docspaceWire } from '#lib/dialects/docspace/wire';
import { newClientWire as nativeWire } from '#lib/dialects/native/wire';
import { domainNames as registrationNames } from '#lib/dialects/registration/wire';
import { newClientWire as slashidWire } from '#lib/dialects/slashid/wire';
import { newClientWire as telnyxWire } from '#lib/dialects/telnyx/wire';
import { newClientWire as trackleWire } from '#lib/dialects/trackle/wire';
import { anOwner } from '#support/actors';
import { ask, aToken } from '#support/api';
import { columns, comparable, smuggled } from '#support/client-columns';
import { db } from '#support/database';
import { aBody } from '#support/docspace';

type Deed = 'create' | 'read' | 'list' | 'update' | 'rotate' | 'remove';
type Call = [method: string, path: string, body?: object | undefined];
type Json = Record<string, unknown>;
type Caller = { token: string; organizationId: string; userId: string };

/** One API as the suite drives it: what it has, and which of its answers hold a secret. */
type Channel = {
  name: Provenance;
  create: Call;
  read?: (id: string) => Call;
  list?: Call;
  update?: (id: string) => Call;
  rotate?: (id: string) => Call;
  remove: (id: string) => Call;
  /** What the answers that tell of one client hold. */
  idOf: (answer: Json) => string;
  secretOf: (answer: Json) => unknown;
  promises: readonly Deed[];
  /** Members that it documents; a stranger to it is refused or passed over. */
  takes: ReadonlySet<string>;
  refusesUnknown?: true;
  /** How its lists call a client, and whether they say what the update says. */
  shows: (id: string) => string;
  headers?: (caller: Caller) => Record<string, string>;
  /** What manages one client, where that is a credential of its own; without the right one nothing is told (rule P7). */
  ownToken?: (answer: Json) => string;
};

const of = (answer: Json, ...path: string[]): unknown =>
  path.reduce<unknown>((at, name) => (at as Json | undefined)?.[name], answer);
const text = (value: unknown) => String(value);

const channels: Channel[] = [
  {
    name: 'docspace',
    takes: new Set(Object.keys(docspaceWire.shape)),
    create: ['POST', '/api/2.0/clients', aBody],
    read: (id) => ['GET', `/api/2.0/clients/${id}`],
    list: ['GET', '/api/2.0/clients'],
    update: (id) => ['PUT', `/api/2.0/clients/${id}`, { ...aBody, name: 'Renamed' }],
    rotate: (id) => ['PATCH', `/api/2.0/clients/${id}/regenerate`],
    remove: (id) => ['DELETE', `/api/2.0/clients/${id}`],
    idOf: (answer) => text(answer.client_id),
    secretOf: (answer) => answer.client_secret,
    promises: ['create', 'read', 'rotate'],
    shows: (id) => id,
  },
  {
    name: 'telnyx',
    takes: new Set(Object.keys(telnyxWire.shape)),
    refusesUnknown: true,
    create: [
      'POST',
      '/v2/oauth_clients',
      {
        name: 'Ledger',
        client_type: 'confidential',
        allowed_scopes: ['openid'],
        allowed_grant_types: ['client_credentials'],
      },
    ],
    read: (id) => ['GET', `/v2/oauth_clients/${id}`],
    list: ['GET', '/v2/oauth_clients'],
    update: (id) => ['PUT', `/v2/oauth_clients/${id}`, { name: 'Renamed' }],
    remove: (id) => ['DELETE', `/v2/oauth_clients/${id}`],
    idOf: (answer) => text(of(answer, 'data', 'client_id')),
    secretOf: (answer) => of(answer, 'data', 'client_secret'),
    promises: ['create'],
    shows: (id) => id,
  },
  {
    name: 'slashid',
    takes: new Set(Object.keys(slashidWire.shape)),
    create: [
      'POST',
      '/oauth2/clients',
      { client_name: 'Ledger', scopes: ['read'], grant_types: ['client_credentials'] },
    ],
    read: (id) => ['GET', `/oauth2/clients/${id}`],
    list: ['GET', '/oauth2/clients'],
    update: (id) => ['PATCH', `/oauth2/clients/${id}`, { client_name: 'Renamed' }],
    rotate: (id) => ['PUT', `/oauth2/clients/${id}/secret`],
    remove: (id) => ['DELETE', `/oauth2/clients/${id}`],
    idOf: (answer) => text(of(answer, 'result', 'client_id')),
    secretOf: (answer) => of(answer, 'result', 'client_secret'),
    promises: ['create', 'rotate'],
    shows: (id) => id,
    headers: ({ token, organizationId }) => ({ 'slashid-api-key': token, 'slashid-orgid': organizationId }),
  },
  {
    name: 'trackle',
    takes: new Set(Object.keys(trackleWire.shape)),
    create: ['POST', '/v1/clients', { name: 'Ledger', type: 'installed' }],
    list: ['GET', '/v1/clients'],
    update: (id) => ['PUT', `/v1/clients/${id}`, { name: 'Renamed' }],
    remove: (id) => ['DELETE', `/v1/clients/${id}`],
    idOf: (answer) => text(of(answer, 'client', 'id')),
    secretOf: (answer) => of(answer, 'client', 'secret'),
    promises: ['create', 'list', 'update'],
    shows: (id) => id,
  },
  {
    name: 'apps',
    takes: new Set(Object.keys(appsWire.shape)),
    create: ['POST', '/o/apps/', { name: 'Ledger' }],
    list: ['GET', '/o/apps/'],
    remove: (id) => ['DELETE', `/o/apps/${id}/`],
    idOf: (answer) => text(answer.id),
    secretOf: (answer) => answer.client_secret,
    promises: ['create', 'list'],
    shows: (id) => `"id":${id},`,
  },
  {
    name: 'native',
    takes: new Set(Object.keys(nativeWire.shape)),
    refusesUnknown: true,
    create: ['POST', '/api/v1/clients', { client_name: 'Ledger', application_type: 'machine' }],
    read: (id) => ['GET', `/api/v1/clients/${id}`],
    list: ['GET', '/api/v1/clients'],
    update: (id) => ['PATCH', `/api/v1/clients/${id}`, { client_name: 'Renamed' }],
    rotate: (id) => ['POST', `/api/v1/clients/${id}/secrets/rotate`, { overlap_seconds: 0 }],
    remove: (id) => ['DELETE', `/api/v1/clients/${id}`],
    idOf: (answer) => text(answer.client_id),
    secretOf: (answer) => answer.client_secret,
    promises: ['create', 'rotate'],
    shows: (id) => id,
  },
  {
    name: 'registration',
    takes: new Set([...registrationNames.keys(), 'client_id', 'client_secret']),
    create: ['POST', '/oauth/register', { client_name: 'Ledger', redirect_uris: ['https://ledger.example/callback'] }],
    read: (id) => ['GET', `/oauth/register/${id}`],
    update: (id) => [
      'PUT',
      `/oauth/register/${id}`,
      { client_id: id, client_name: 'Renamed', redirect_uris: ['https://ledger.example/callback'] },
    ],
    remove: (id) => ['DELETE', `/oauth/register/${id}`],
    idOf: (answer) => text(answer.client_id),
    secretOf: (answer) => answer.client_secret,
    promises: ['create'],
    shows: (id) => id,
    ownToken: (answer) => text(answer.registration_access_token),
  },
];

let mine: Caller;
let theirs: Caller;
const aCaller = async (): Promise<Caller> => {
  const { owner, organizationId } = await anOwner(db);
  const scopes = ['clients:read', 'clients:write', 'clients:secrets', 'read', 'write'] as const;
  return {
    token: await aToken(db, owner, organizationId, { scopes: [...scopes] }),
    organizationId,
    userId: owner.actor.userId,
  };
};
beforeAll(async () => {
  mine = await aCaller();
  theirs = await aCaller();
});

const chosen = '11111111-1111-4111-8111-111111111111';
const whereId = (id: string) => (/^\d+$/.test(id) ? eq(clients.number, Number(id)) : eq(clients.clientId, id));
const rowOfId = async (id: string) => {
  const [row] = await db.select().from(clients).where(whereId(id));
  if (!row) throw new Error('no client');
  return row;
};

/** For each API something that breaks a rule, and what is said about it. */
const twoUris = { redirect_uris: ['https://ledger.example/cb', 'https://me:x@ledger.example/cb'] };
const remedy = 'Remove \\"me:x@\\"';
const broken = new Map<Provenance, [change: object, ...says: string[]]>([
  ['docspace', [twoUris, '"redirect_uris"', `Item 2: ${remedy}`, '(R3)']],
  ['telnyx', [{ ...twoUris, allowed_grant_types: ['authorization_code'] }, `redirect_uris.1: ${remedy}`, '(R3)']],
  ['slashid', [{ ...twoUris, grant_types: ['authorization_code'] }, `redirect_uris.1: ${remedy}`, '(R3)']],
  ['trackle', [{ type: 'web', redirect_uri: twoUris.redirect_uris[1] }, `redirect_uri: ${remedy}`, '(R3)']],
  ['apps', [{ name: 'Ledger\u0007' }, '"name"', 'Remove the control character. (M11)']],
  ['native', [{ ...twoUris, application_type: 'web' }, '"pointer":"#/redirect_uris/1"', remedy, '"rule":"R3"']],
]);

describe.each(channels)('$name', (channel) => {
  const send = async (caller: Caller, [method, path, body]: Call) => {
    const headers = channel.headers?.(caller);
    const answer = await ask(method, path, { ...(headers ? { headers } : { token: caller.token }), body });
    const said = await answer.text();
    return { status: answer.status, said, json: (said.startsWith('{') ? JSON.parse(said) : {}) as Json };
  };
  const make = async (caller: Caller, body = channel.create[2]) => {
    const [method, path] = channel.create;
    const made = await send(caller, [method, path, body]);
    expect([200, 201], made.said).toContain(made.status);
    const as = channel.ownToken ? { ...caller, token: channel.ownToken(made.json) } : caller;
    return { id: channel.idOf(made.json), secret: text(channel.secretOf(made.json)), said: made.said, as };
  };
  const isListed = async (caller: Caller, what: string) =>
    channel.list === undefined ? undefined : (await send(caller, channel.list)).said.includes(what);
  const listed = channel.list === undefined ? undefined : true;
  const gone = channel.ownToken ? 401 : 404;
  const single = (['read', 'update', 'rotate', 'remove'] as const).flatMap((deed) => {
    const call = channel[deed];
    return call ? [{ deed, call }] : [];
  });

  test('creates, reads, lists, updates, rotates and removes a client', async () => {
    const { id, secret, as } = await make(mine);
    expect(secret).toMatch(/^clt_cs_/);
    if (channel.read) expect((await send(as, channel.read(id))).said).toContain(id);
    expect(await isListed(mine, channel.shows(id))).toBe(listed);
    if (channel.update) {
      expect((await send(as, channel.update(id))).status).toBe(200);
      expect((await send(as, channel.read?.(id) ?? channel.list ?? channel.create)).said).toContain('Renamed');
    }
    if (channel.rotate) {
      const rotated = await send(as, channel.rotate(id));
      expect(rotated.status, rotated.said).toBeLessThan(300);
      expect(rotated.said).toMatch(/clt_cs_/);
      expect(rotated.said).not.toContain(secret);
    }
    expect([200, 204]).toContain((await send(as, channel.remove(id))).status);
    for (const { call } of single) expect((await send(as, call(id))).status).toBe(gone);
    expect(await isListed(mine, channel.shows(id))).toBe(listed && false);
  });

  test(`S3: tells a secret in the answer to ${channel.promises.join(', ')} and in no other`, async () => {
    const { id, secret, said, as } = await make(mine);
    expect(said).toContain(secret);
    const lists = channel.list ? [['list', channel.list] as const] : [];
    const others = single.filter(({ deed }) => deed !== 'remove').map(({ deed, call }) => [deed, call(id)] as const);
    for (const [deed, call] of [...lists, ...others, ...lists]) {
      const answer = await send(as, call);
      expect(answer.said.includes('clt_cs_'), `${deed}: ${answer.said}`).toBe(channel.promises.includes(deed));
    }
  });

  const refused = broken.get(channel.name);
  if (refused)
    test('names the member, the rule and the remedy of what it refuses', async () => {
      const [change, ...says] = refused;
      const [method, path, body] = channel.create;
      const { status, said } = await send(mine, [method, path, { ...body, ...change }]);
      expect([400, 422]).toContain(status);
      for (const text of says) expect(said).toContain(text);
    });

  if (!['native', 'registration'].includes(channel.name))
    test('has no warnings in its answers', async () => {
      const { id, said, as } = await make(mine);
      await db.update(clients).set({ tosUri: 'https://elsewhere.example/tos' }).where(whereId(id));
      const calls = single.filter(({ deed }) => deed !== 'remove').map(({ call }) => call(id));
      const answers = [said];
      for (const call of [...calls, ...(channel.list ? [channel.list] : [])]) answers.push((await send(as, call)).said);
      for (const answer of answers) expect(answer).not.toMatch(/"warnings"/);
    });

  test('shows nothing of another tenant: its app is answered like a missing one', async () => {
    const { as } = await make(mine);
    const { id } = await make(theirs);
    const never = /^\d+$/.test(id) ? '2000000001' : '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10';
    expect(await isListed(mine, channel.shows(id))).toBe(listed && false);
    for (const { call } of single) {
      const [foreign, missing] = [await send(as, call(id)), await send(as, call(never))];
      expect(foreign.status).toBe(gone);
      expect(foreign.said.replaceAll(id, '')).toBe(missing.said.replaceAll(never, ''));
    }
    expect(await isListed(theirs, channel.shows(id))).toBe(listed);
  });

  test('ignores fields that its caller may not set', async () => {
    const [method, path, body] = channel.create;
    const control = await rowOfId((await make(mine)).id);
    const grabbed: Json = {
      id: chosen,
      client_secret: 'chosen',
      secret: 'chosen',
      org_id: theirs.organizationId,
      tenant: 1,
      user_id: theirs.userId,
      verified: true,
      ['__proto__']: { polluted: true },
      ...smuggled(control, columns),
    };
    const strange = Object.entries(grabbed).filter(([name]) => !channel.takes.has(name));
    expect(strange.map(([name]) => name)).toEqual(
      expect.arrayContaining(['firstParty', 'first_party', 'review_state']),
    );
    for (const [name, value] of strange) {
      const made = await send(mine, [method, path, { ...body, [name]: value }]);
      if (channel.refusesUnknown) expect([made.status, made.said.includes(name)], name).toEqual([422, true]);
      else expect(comparable(await rowOfId(channel.idOf(made.json))), name).toEqual(comparable(control));
    }
    const all = await send(mine, [method, path, { ...body, ...Object.fromEntries(strange) }]);
    if (!channel.refusesUnknown) expect(comparable(await rowOfId(channel.idOf(all.json)))).toEqual(comparable(control));
  });

  const change = channel.update;
  if (change)
    test('nor when a client is changed', async () => {
      const [one, other] = [await make(mine), await make(mine)];
      expect((await send(one.as, change(one.id))).status).toBe(200);
      const control = await rowOfId(one.id);
      const strange = Object.entries(smuggled(control, columns)).filter(([name]) => !channel.takes.has(name));
      const [method, path, body] = change(other.id);
      // An error names a hundred members at most.
      const half = Math.ceil(strange.length / 2);
      for (const some of channel.refusesUnknown ? [strange.slice(0, half), strange.slice(half)] : [strange]) {
        const answer = await send(other.as, [method, path, { ...body, ...Object.fromEntries(some) }]);
        if (channel.refusesUnknown) {
          expect(answer.status).toBe(422);
          for (const [name] of some) expect(answer.said).toContain(name);
        } else expect(comparable(await rowOfId(other.id))).toEqual(comparable(control));
      }
    });

  test('answers any body in its own format, never with a 5xx', async () => {
    const { id, as } = await make(mine);
    const calls = [channel.create, ...single.map(({ call }) => call(id)), ...(channel.list ? [channel.list] : [])];
    const junk = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('\0', '\ud800', 'javascript:alert(1)', '', null, -1, 1e308, [[[]]], 'x'.repeat(70_000)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), junk), { maxLength: 3 }),
        junk,
        async (which, changes, all) => {
          const [method, path, body] = calls[which % calls.length] ?? channel.create;
          const names = Object.keys(body ?? {});
          const changed = {
            ...body,
            ...Object.fromEntries(changes.map(([at, value]) => [names[at % names.length] ?? 'x', value])),
          };
          const sent = method === 'GET' || method === 'DELETE' ? undefined : which % 5 === 0 ? all : changed;
          const answer = await send(which % calls.length === 0 ? mine : as, [method, path, sent as object | undefined]);
          expect(answer.status, `${method} ${path} ${JSON.stringify(sent)?.slice(0, 500)}`).toBeLessThan(500);
          if (answer.status >= 400) expect(answer.said).toMatch(/^\{/);
        },
      ),
      { numRuns: 200 },
    );
    const ids = [
      '%00',
      '%ff',
      '..%2f',
      '%ed%a0%80',
      '0',
      '-1',
      '9'.repeat(30),
      "' or 1=1",
      'null',
      'x'.repeat(5000),
      '%20',
    ];
    for (const { call } of single)
      for (const odd of ids) {
        const [method, path, body] = call(odd);
        const { status, said } = await send(as, [method, path, body]);
        expect([400, 401, 404, 405], `${method} ${odd}: ${said}`).toContain(status);
      }
  });
});

test('every API through which clients are made has its row', () => {
  const others = ['portal', 'metadata_document'];
  expect(channels.map(({ name }) => name).toSorted()).toEqual(
    provenances.filter((name) => !others.includes(name)).toSorted(),
  );
});
