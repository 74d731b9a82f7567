import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { createResource } from '#lib/resources/index';
import { stranger } from '#support/actors';
import { databaseUrl, db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, basic } from '#support/oauth';
import { elsewhere } from '#support/other-process';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const resource = 'https://api.example/v1';

type Machine = Awaited<ReturnType<typeof aMachine>>;

/** A JWT that the server there signed just now. */
async function signedAt(server: string, machine: Machine): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', resource });
  const answer = await fetch(`${server}/oauth/token`, {
    method: 'POST',
    headers: { authorization: basic(machine) },
    body,
  });
  return (await answer.json()).access_token;
}

test('keys that the command line rotates sign within seconds in every running process, and what the old ones signed verifies', async () => {
  await createResource(operator, { uri: resource, name: 'Invoices', scopes: ['read'], accessTokenFormat: 'jwt' });
  const machine = await aMachine();
  const both = () => Promise.all([origin, elsewhere].map((server) => signedAt(server, machine)));
  const old = await both();
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/clientele.ts', 'keys', 'rotate'], { env });
  const inForce: string[] = JSON.parse(stdout).inForce.map(({ kid }: { kid: string }) => kid);
  for (const token of old) expect(inForce).not.toContain(decodeProtectedHeader(token).kid);

  const kids = async () => (await both()).map((token) => decodeProtectedHeader(token).kid ?? '');
  await expect.poll(async () => (await kids()).every((kid) => inForce.includes(kid)), { interval: 500 }).toBe(true);
  for (const server of [origin, elsewhere]) {
    // The other process answers for the same issuer: its address is another in tests only.
    const keys = createRemoteJWKSet(new URL(`${server}/oauth/jwks`));
    for (const token of [...old, ...(await both())])
      expect((await jwtVerify(token, keys, { issuer: origin })).payload.sub).toBe(machine.clientId);
  }
});
