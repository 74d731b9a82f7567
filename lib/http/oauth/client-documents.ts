import { decodeJwt } from 'jose';
import { readNew, sentenceWithRules } from '#lib/dialects/registration/index';
import { database } from '#lib/kernel/database';
import { isRegistryError, type RegistryError } from '#lib/kernel/errors';
import { fetchMetadataDocument } from '#lib/metadata-documents/index';
import type { Call } from '../api.ts';
import { fault } from '../problems.ts';

/**
 * If the client id is the URL of a metadata document, fetches the document and creates or updates the client. `begins`: the request starts
 * an authorization. @throws as `fetchMetadataDocument`
 */
export async function fetchDocumentOfClient(call: Call, clientId: string | undefined, begins: boolean): Promise<void> {
  if (clientId === undefined) return;
  const ctx = { db: database(), requestId: call.get('requestId'), network: call.get('network') };
  const read = (document: object) => readNew(document, { sharedSecrets: false });
  await fetchMetadataDocument(ctx, clientId, { read, begins });
}

/** As `fetchDocumentOfClient`, for a request of a program. @throws 401: the document cannot be used; rate_limited */
export async function fetchDocumentOfProgram(call: Call, parameters: URLSearchParams, begins: boolean): Promise<void> {
  try {
    await fetchDocumentOfClient(
      call,
      parameters.get('client_id') ?? subjectOf(parameters.get('client_assertion')),
      begins,
    );
  } catch (error) {
    if (!isRegistryError(error) || error.code === 'rate_limited') throw error;
    throw fault(401, reasonOf(error));
  }
}

/** The message of an error, and the invalid members of the document by their wire names. */
export const reasonOf = (error: RegistryError): string => [error.message, sentenceWithRules(error)].join(' ').trim();

/** RFC 7523 §3: with a client assertion, `client_id` may be omitted. */
function subjectOf(assertion: string | null): string | undefined {
  try {
    return assertion === null ? undefined : decodeJwt(assertion).sub;
  } catch {
    return undefined; // oidc-provider refuses an assertion that is not a JWT
  }
}
