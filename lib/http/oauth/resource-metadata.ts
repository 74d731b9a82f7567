import { proofAlgorithms } from '../../authorization-server/proof-algorithms.ts';
import { writeResourceMetadata } from '../../dialects/oauth/index.ts';
import { env } from '../../env.ts';
import { isRegistryPath, registryScopes } from '../../resources/rules.ts';
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
export const getRegistryMetadata = async (call: Call): Promise<Response> => say(call, '');

function say(call: Call, path: string): Response {
  const { appUrl: issuer } = env();
  return call.json(writeResourceMetadata({ issuer, resource: issuer + path, scopes: registryScopes, proofAlgorithms }));
}
