import { proofAlgorithms } from '#lib/authorization-server/clients/client-assertion';
import { writeMetadata, writeResourceMetadata } from '#lib/dialects/oauth/index';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { languages } from '#lib/languages/index';
import { isRegistryPath, registryScopes } from '#lib/resources/rules';
import { listScopes } from '#lib/scopes/index';
import { readPublicKeys } from '#lib/signing-keys/index';
import type { Call } from '../api.ts';
import { metadataPath } from '../challenges.ts';
import { fault } from '../problems.ts';

/** RFC 8414, OpenID Connect Discovery */
export async function getMetadata(call: Call): Promise<Response> {
  const { appUrl: issuer, registration, metadataDocuments } = env();
  const scopes = (await listScopes(database())).filter(({ advertised }) => advertised).map(({ name }) => name);
  return call.json(
    writeMetadata({
      issuer,
      scopes,
      registers: registration !== 'off',
      metadataDocuments,
      uiLocales: languages,
      proofAlgorithms,
    }),
  );
}

/** RFC 7517 §5: the public halves, also of keys that sign no more. Read anew each time, so that no process lags behind a rotation. */
export async function getJwks(call: Call): Promise<Response> {
  const keys = await readPublicKeys(database());
  return call.body(JSON.stringify({ keys }), 200, { 'content-type': 'application/jwk-set+json' });
}

/** RFC 9728 §3.1: of the registry, by its origin or by the URL of a call to one of its APIs, which is then told again (§3.3). */
export async function getResourceMetadata(call: Call): Promise<Response> {
  const path = new URL(call.req.url).pathname.slice(metadataPath.length);
  if (path !== '' && path !== '/' && !isRegistryPath(path)) throw fault(404, 'There is no such resource here.');
  return say(call, path);
}

/** The same of the registry as a whole, where a vendor's spelling names no resource. */
export const getRegistryMetadata = (call: Call): Promise<Response> => say(call, '');

async function say(call: Call, path: string): Promise<Response> {
  const { appUrl: issuer } = env();
  const own: readonly string[] = registryScopes;
  const advertised = (await listScopes(database())).filter((scope) => scope.advertised && own.includes(scope.name));
  const scopes = advertised.map(({ name }) => name);
  return call.json(writeResourceMetadata({ issuer, resource: issuer + path, scopes, proofAlgorithms }));
}
