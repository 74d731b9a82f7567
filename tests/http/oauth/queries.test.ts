import { drizzle } from 'drizzle-orm/postgres-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '#db/client';
import { running } from '#lib/authorization-server/running';
import { once } from '#lib/kernel/once';
import { rotateSigningKeys } from '#lib/signing-keys/index';
import {
  type Agent,
  aPersonsAgent,
  authorizationUrl,
  aWebApp,
  decide,
  locationOf,
  pkce,
  redeem,
  refresh,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { aKey, aKeyedClient, askByAssertion, assertionOf } from '#support/client-keys';
import { databaseUrl } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, askToken, aTokenOf, basic, introspect, post } from '#support/oauth';
import { proofOf } from '#support/possession';
import { push } from '#support/pushing';
import { until } from '#support/settled';

const pool = connect(databaseUrl, { max: 4 });
afterAll(() => pool.end());

const statements: string[] = [];
// Before anybody asks for it: the server's own database, watched.
once('database', () => drizzle({ client: pool, logger: { logQuery: (query) => void statements.push(query) } }));

let machine: Awaited<ReturnType<typeof aMachine>>;
let token: string;
beforeAll(async () => {
  machine = await aMachine();
  token = await aTokenOf(machine); // opens the keys, notes the use
  await until(async () => statements.filter((one) => one.startsWith('update')).length === 2);
});

/** That a secret, a client or a grant was used is noted at most once a minute, beside the answer: whether before or after it, nobody knows. And every five seconds somebody looks whether keys were rotated, and every second what was refused is written. */
const besides =
  /^update "(?:secrets|clients|grants)" set "last_used_at"|^select [\s\S]* from "(?:signing_keys|scopes|resources)"|insert into "refusals"/;

async function queriesOf(work: () => Promise<unknown>): Promise<string[]> {
  statements.length = 0;
  await work();
  return statements.filter((one) => !besides.test(one)).map((one) => one.trim().split(/\s+/, 1)[0] ?? '');
}

describe('queries of an operation', () => {
  test('a token: the client with its secrets, and the token', async () => {
    expect(await queriesOf(() => askToken(machine))).toEqual(['select', 'with']);
  });

  test('a token by a key: the client with its keys, the assertion, which is used once, and the token', async () => {
    const key = await aKey();
    const clientId = await aKeyedClient(machine, { jwks: { keys: [key.jwk] }, lastUsedAt: new Date() });
    const assertion = await assertionOf(clientId, key);
    expect(await queriesOf(() => askByAssertion(assertion))).toEqual(['select', 'insert', 'with']);
  });

  test('a token bound to a key: the client, the proof, which is used once, and the token', async () => {
    const dpop = await proofOf(await aKey());
    const form = { grant_type: 'client_credentials' };
    const bound = () => post('/oauth/token', form, { authorization: basic(machine), dpop });
    expect(await queriesOf(bound)).toEqual(['select', 'insert', 'with']);
  });

  test('a pushed request: what the network may push, the client, the request; one more for a callback that is not registered', async () => {
    const app = await aWebApp();
    await push(app);
    expect(await queriesOf(() => push(app))).toEqual(['insert', 'select', 'with']);
    const redirect_uri = 'https://preview.nobody.example/';
    expect(await queriesOf(() => push(app, { redirect_uri }))).toEqual(['insert', 'select', 'select']);
  });

  describe('an authorization', () => {
    const { verifier, challenge } = pkce();
    const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
    const ask = async (agent: Agent, app: { clientId: string }) =>
      locationOf(await agent.go(authorizationUrl(app, proof)));

    test('that is asked about: the person, the client, the sign-in, what was allowed; its budget, and that it waits', async () => {
      const [app, agent] = [await aWebApp(), await aPersonsAgent()];
      const asked = await queriesOf(() => ask(agent, app));
      expect(asked).toEqual(['select', 'select', 'select', 'select', 'insert', 'with']);
    });

    test('that was allowed before: the same, the code, and that the app was used with this sign-in', async () => {
      const [app, agent] = [await aWebApp(), await aPersonsAgent()];
      await decide(agent, await ask(agent, app), 'allow');
      const asked = await queriesOf(() => ask(agent, app));
      expect(asked).toEqual(['select', 'select', 'select', 'select', 'with', 'with']);
    });

    test('a code: the client, the code, what was allowed, its use, the person; two tokens', async () => {
      const [app, agent] = [await aWebApp(), await aPersonsAgent()];
      const answer = new URL(await decide(agent, await ask(agent, app), 'allow')).searchParams;
      const asked = await queriesOf(() => redeem(app, answer.get('code') ?? '', { code_verifier: verifier }));
      expect(asked).toEqual(['select', 'select', 'select', 'update', 'select', 'with', 'with']);
    });

    test('a refresh token: the client, the token, what was allowed, the person; one token', async () => {
      const [app, agent] = [await aWebApp(), await aPersonsAgent()];
      const { refresh_token = '' } = await tokensOf(agent, app);
      const asked = await queriesOf(() => refresh(app, refresh_token));
      expect(asked).toEqual(['select', 'select', 'select', 'select', 'with']);
    });

    test('userinfo: the token, the client, the person, what was allowed', async () => {
      const { access_token } = await tokensOf(await aPersonsAgent(), await aWebApp());
      const asked = await queriesOf(() => userinfo(access_token));
      expect(asked).toEqual(['select', 'select', 'select', 'select']);
    });
  });

  test('introspection: the client, and the token', async () => {
    expect(await queriesOf(() => introspect(machine, token))).toEqual(['select', 'select']);
  });

  test('introspection of what could not be a token: the client', async () => {
    expect(await queriesOf(() => introspect(machine, `${token.slice(0, -1)}_`))).toEqual(['select']);
  });

  test('revocation: the client, the token, its end', async () => {
    const revoke = () => post('/oauth/revoke', { token }, { authorization: basic(machine) });
    expect(await queriesOf(revoke)).toEqual(['select', 'select', 'delete']);
  });

  test('of what a person allowed: also all that came of it, which ends with one row and is then deleted until nothing is left', async () => {
    const app = await aWebApp();
    const { access_token } = await tokensOf(await aPersonsAgent(), app);
    const revoke = () => post('/oauth/revoke', { token: access_token }, { authorization: basic(app) });
    expect(await queriesOf(revoke)).toEqual([
      'select',
      'select',
      'delete',
      'insert',
      'select',
      'delete',
      'delete',
      'delete',
    ]);
  });

  test('a call to the registry: its budgets, the token with all that it hangs on, and what was asked for', async () => {
    const program = await aMachine({ scopes: ['clients:read'] });
    const headers = { authorization: `Bearer ${await aTokenOf(program)}` };
    const read = () => fetch(`${origin}/api/v1/clients/${program.clientId}`, { headers });
    await read();
    expect((await queriesOf(read)).toSorted()).toEqual(['insert', 'select', 'select']);
  });

  test('a call to the registry by a token that is bound to a key: the same, and the proof, which is used once', async () => {
    const [program, key] = [await aMachine({ scopes: ['clients:read'] }), await aKey()];
    const asked = { authorization: basic(program), dpop: await proofOf(key) };
    const token = (await post('/oauth/token', { grant_type: 'client_credentials' }, asked)).body.access_token;
    const path = `/api/v1/clients/${program.clientId}`;
    const read = async () => {
      const dpop = await proofOf(key, { method: 'GET', path, token });
      return fetch(origin + path, { headers: { authorization: `DPoP ${token}`, dpop } });
    };
    expect((await read()).status).toBe(200);
    expect((await queriesOf(read)).toSorted()).toEqual(['insert', 'insert', 'select', 'select']);
  });

  test('a wrong secret: the client, whether it is one that has ended, and the count of failures; for a client that is not there the same', async () => {
    expect(await queriesOf(() => askToken({ ...machine, secret: 'wrong' }))).toEqual(['select', 'select', 'insert']);
    const nobody = { clientId: '00000000-0000-4000-8000-000000000000', secret: 'wrong' };
    expect(await queriesOf(() => askToken(nobody))).toEqual(['select', 'select', 'insert']);
  });
});

describe('a rotation elsewhere', () => {
  /** As if the seconds had passed for which a process does not look. */
  const letTimePass = () => {
    once('authorization-server', () => ({ readAt: 0 })).readAt = Number.NEGATIVE_INFINITY;
  };

  test('a process that runs signs with the new key when it looks again, and keeps its provider when there was none', async () => {
    const before = await running();
    letTimePass();
    expect(await running()).toBe(before);
    await rotateSigningKeys({ ...machine.owner, actor: { kind: 'command_line' } });
    letTimePass();
    expect(await running()).not.toBe(before);
  });
});
