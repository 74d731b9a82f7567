import { proofAlgorithms } from '../../authorization-server/proof-algorithms.ts';
import { database } from '../../database.ts';
import { writeMetadata } from '../../dialects/oauth/index.ts';
import { env } from '../../env.ts';
import { languages } from '../../languages/index.ts';
import { listScopes } from '../../scopes/index.ts';
import { readPublicKeys } from '../../signing-keys/index.ts';
import type { Call } from '../call.ts';

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
