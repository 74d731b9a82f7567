import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startEmbedded } from '#db/embedded/embedded';
import { selectMember } from '#db/queries/members';
import { admitRegistrant } from '#lib/registrations/index';
import { checkCredentials } from '#lib/sessions/index';
import { authenticateToken } from '#lib/tokens/index';
import { aFolder } from '#support/a-folder';
import { stranger } from '#support/actors';
import { clientele } from '#support/command-line';
import { db } from '#support/database';

const password = 'correct horse battery staple';
const anEmail = () => `${randomUUID()}@example.com`;

async function anAccount() {
  const email = anEmail();
  const { json } = await clientele(['user', 'create', '--email', email, '--password', password]);
  return { email, id: String(json.id), organization: json.organization as { id: string } };
}

describe('a command that is typed wrongly', () => {
  test.each([
    [['user', 'destroy'], 'There is no command "user destroy"'],
    [['user', 'create', '--email', 'a@b.example', '--password', 'x', '--role', 'y'], '--role'],
    [['token', 'create', '--email', 'a@b.example', '--scopes', 'read', '--expires-in', 'soon'], 'is not a duration'],
  ])('%j: usage on standard error, nothing on standard output, status 2', async (args, message) => {
    const { status, stdout, stderr } = await clientele(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('npm run -s clientele -- ');
  });
});

describe('user', () => {
  test('create prints the ids of the account and of its organization', async () => {
    const email = anEmail();
    const { status, json, stdout } = await clientele(['user', 'create', '--email', email, '--password', password]);
    expect(status).toBe(0);
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(json).toEqual({
      id: expect.stringMatching(/^usr_/),
      email,
      organization: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        number: expect.any(Number),
        externalId: expect.stringMatching(/^[0-9a-f]{24}$/),
      },
    });
    const again = await clientele(['user', 'create', '--email', email.toUpperCase(), '--password', password]);
    expect(again).toMatchObject({ status: 1, stdout: '' });
    expect(again.stderr).toContain('already has an account');
  });

  test('create names every wrong option', async () => {
    const { status, stderr } = await clientele(['user', 'create', '--email', 'x', '--password', 'short']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^--email: .*\n--password: .*\n$/);
  });

  test('password changes it', async () => {
    const { email, id } = await anAccount();
    const other = 'entirely different words';
    expect(await clientele(['user', 'password', '--email', email, '--password', other])).toMatchObject({ status: 0 });
    expect(await checkCredentials(stranger(db), { email, password: other })).toBe(id);
    expect(await clientele(['user', 'password', '--email', anEmail(), '--password', other])).toMatchObject({
      status: 1,
      stderr: 'Account not found\n',
    });
  });
});

describe('token, organization, product', () => {
  test('work together: a token in an organization below another, with a product', async () => {
    const { email, id } = await anAccount();
    const above = await clientele(['organization', 'create', '--email', email, '--name', 'Acme']);
    expect(above.json).toMatchObject({ name: 'Acme', number: expect.any(Number), externalId: expect.any(String) });
    const parent = String(above.json.id);
    const below = await clientele(['organization', 'create', '--email', email, '--name', 'Lab', '--parent', parent]);
    const organization = String(below.json.id);
    expect(await selectMember(db, { organizationId: organization, userId: id })).toMatchObject({ role: 'owner' });

    const product = await clientele(['product', 'create', '--organization', organization, '--name', 'E-Mail']);
    expect(product.json).toEqual({ id: expect.any(Number), slug: 'e-mail' });
    const taken = ['product', 'create', '--organization', organization, '--name', 'x', '--slug', 'e-mail'];
    expect((await clientele(taken)).stderr).toContain('with this slug already');

    const scopes = ['--scopes', 'clients:read clients:write'];
    const made = await clientele([
      'token',
      'create',
      '--email',
      email,
      ...scopes,
      '--organization',
      organization,
      '--expires-in',
      '30d',
    ]);
    expect(made.json).toEqual({ token: expect.any(String), scopes: ['clients:read', 'clients:write'], organization });
    const person = await authenticateToken(db, String(made.json.token));
    expect(person).toMatchObject({ userId: id, token: { organizationId: organization } });
    const days = ((person?.token?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(30, 1);
  });

  test('a token is made in the personal organization, without an end, unless told', async () => {
    const { email, organization } = await anAccount();
    const { json } = await clientele(['token', 'create', '--email', email, '--scopes', 'read write']);
    expect(json.organization).toBe(organization.id);
    expect((await authenticateToken(db, String(json.token)))?.token?.expiresAt).toBeNull();
  });

  test('a missing or invalid object is named, with status 1', async () => {
    const { email } = await anAccount();
    const other = await anAccount();
    const token = ['token', 'create', '--email', email, '--scopes'];
    const attempts = [
      [[...token, 'nope'], 'There is no scope "nope"'],
      [[...token, 'read', '--organization', other.organization.id], '--organization: Only a member'],
      [[...token, 'read', '--organization', 'x'], 'Organization not found'],
      [['organization', 'create', '--email', anEmail(), '--name', 'x'], 'Account not found'],
      [['organization', 'create', '--email', email, '--name', 'x', '--parent', 'x'], '--parent: You do not'],
      [['product', 'create', '--organization', randomUUID(), '--name', 'x'], 'Organization not found'],
    ] as const;
    const ends = await Promise.all(attempts.map(([args]) => clientele([...args])));
    for (const [i, { status, stdout, stderr }] of ends.entries()) {
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(attempts[i]?.[1]);
    }
  });
});

describe('doctor', () => {
  test('reports a healthy installation', async () => {
    await anAccount();
    const { status, json, stderr } = await clientele(['doctor']);
    expect(stderr).not.toContain('WRONG');
    expect({ status, ok: json.ok }).toEqual({ status: 0, ok: true });
  });

  test.each([
    ['a setting that does not exist', { CLIENTELE_NONSENSE: '1' }, 'CLIENTELE_NONSENSE is not a setting'],
    ['a database that does not answer', { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' }, 'ECONNREFUSED'],
  ])('%s: reports it with the remedy, status 1', async (_, environment, message) => {
    const { status, json, stderr } = await clientele(['doctor'], environment);
    expect({ status, ok: json.ok }).toEqual({ status: 1, ok: false });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('hidden');
    expect(json.checks).toContainEqual(expect.objectContaining({ ok: false, todo: expect.any(String) }));
  });

  test('keys of another installation, and keys that others can read', async () => {
    const { email } = await anAccount();
    await clientele(['token', 'create', '--email', email, '--scopes', 'read']);
    const elsewhere = aFolder();
    const without = await clientele(['doctor'], { CLIENTELE_DATA: elsewhere });
    expect(without.stderr).toMatch(/WRONG {2}keys: The database needs the keys pepper-1\.[0-9a-f]{8}/);
    const own = process.env.CLIENTELE_DATA ?? '';
    chmodSync(join(own, 'keys', 'pepper-1'), 0o644);
    expect((await clientele(['doctor'])).stderr).toContain('can be read by others');
    chmodSync(join(own, 'keys', 'pepper-1'), 0o600);
  });
});

describe('with the embedded database', () => {
  const folder = aFolder();
  const embedded = { DATABASE_URL: undefined, CLIENTELE_DATA: folder };
  const user = () => ['user', 'create', '--email', anEmail(), '--password', password];

  test('a command starts it, migrates it and stops it; commands at once take turns', async () => {
    const made = await Promise.all([clientele(user(), embedded), clientele(user(), embedded)]);
    expect(made.map(({ status }) => status)).toEqual([0, 0]);
    expect(new Set(made.map(({ json }) => (json.organization as { number: number }).number)).size).toBe(2);
    expect((await clientele(['migrate'], embedded)).json).toEqual({ applied: [] });
  });

  test('beside a running server a command uses the database of the server and leaves it running', async () => {
    const server = await startEmbedded(folder, { holder: 'the server' });
    expect(await clientele(user(), embedded)).toMatchObject({ status: 0 });
    expect(() => process.kill(server.pid(), 0)).not.toThrow();
    await server.stop();
  });

  test('a server that starts during a command waits for it', async () => {
    const command = clientele(user(), embedded);
    await expect.poll(() => existsSync(join(folder, 'postgres', 'pgdata', 'postmaster.pid'))).toBe(true);
    const server = await startEmbedded(folder, { holder: 'the server' });
    expect(await command).toMatchObject({ status: 0 });
    await server.stop();
  });
});

describe('registration-token', () => {
  test('create prints a token that registers so many clients there; revoke ends it', async () => {
    const { organization } = await anAccount();
    const create = ['registration-token', 'create', '--organization', organization.id, '--uses', '3'];
    const { status, json } = await clientele([...create, '--expires-in', '2h']);
    expect({ status, json }).toEqual({
      status: 0,
      json: {
        token: expect.stringMatching(/^clt_iat_/),
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        organization: organization.id,
        uses: 3,
        expiresAt: expect.stringMatching(/Z$/),
      },
    });
    expect(Math.abs(Date.parse(String(json.expiresAt)) - Date.now() - 7_200_000)).toBeLessThan(60_000);
    const bearer = String(json.token);
    expect(await admitRegistrant(db, { principal: undefined, bearer })).toMatchObject({
      organizationId: organization.id,
      open: false,
    });
    expect(await clientele(['registration-token', 'revoke', '--id', String(json.id)])).toMatchObject({ status: 0 });
    await expect(admitRegistrant(db, { principal: undefined, bearer })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test.each([
    [['create', '--organization', randomUUID()], 'Organization not found'],
    [['revoke', '--id', randomUUID()], 'Initial access token not found'],
  ])('%j is refused', async (args, message) => {
    const { status, stdout, stderr } = await clientele(['registration-token', ...args]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});
