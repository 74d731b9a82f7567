import { proofAlgorithms } from '#lib/authorization-server/clients/authenticate';
import { writeMetadata, writeResourceMetadata } from '#lib/dialects/oauth/index';
import { registryScopes } from '#lib/kernel/actor';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { languages } from '#lib/languages/index';
import { isRegistryPath } from '#lib/resources/rules';
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

/** RFC 7517 §5: the public keys, including retired ones. They are read for each request, so that no process misses a rotation. */
export async function getJwks(call: Call): Promise<Response> {
  const keys = await readPublicKeys(database());
  return call.body(JSON.stringify({ keys }), 200, { 'content-type': 'application/jwk-set+json' });
}

/**
 * RFC 9728 §3.1: metadata of the registry as a resource, identified by its origin or by the URL of one of its APIs. The answer repeats
 * that URL (§3.3). @throws 404: the path is not an API of the registry
 */
export async function getResourceMetadata(call: Call): Promise<Response> {
  const path = new URL(call.req.url).pathname.slice(metadataPath.length);
  if (path !== '' && path !== '/' && !isRegistryPath(path)) throw fault(404, 'There is no such resource here.');
  return sendResourceMetadata(call, path);
}

/** The same for the registry as a whole, at a vendor's path that cannot name a resource. */
export const getRegistryMetadata = (call: Call): Promise<Response> => sendResourceMetadata(call, '');

async function sendResourceMetadata(call: Call, path: string): Promise<Response> {
  const { appUrl: issuer } = env();
  const own: readonly string[] = registryScopes;
  const advertised = (await listScopes(database())).filter((scope) => scope.advertised && own.includes(scope.name));
  const scopes = advertised.map(({ name }) => name);
  return call.json(writeResourceMetadata({ issuer, resource: issuer + path, scopes, proofAlgorithms }));
}
