import { proofAlgorithms } from '../../authorization-server/proof-algorithms.ts';
import { database } from '../../database.ts';
import { writeResourceMetadata } from '../../dialects/oauth/index.ts';
import { env } from '../../env.ts';
import { isRegistryPath, registryScopes } from '../../resources/rules.ts';
import { listScopes } from '../../scopes/index.ts';
import type { Call } from '../call.ts';
import { metadataPath } from '../challenges.ts';
import { fault } from '../problems.ts';

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
