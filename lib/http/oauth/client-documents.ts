import { decodeJwt } from 'jose';
import { readNew, sentenceWithRules } from '#lib/dialects/registration/index';
import { database } from '#lib/kernel/database';
import { isRegistryError, type RegistryError } from '#lib/kernel/errors';
import { fetchMetadataDocument } from '#lib/metadata-documents/index';
import type { Call } from '../api.ts';
import { fault } from '../problems.ts';

/**
 * Has the client that asks registered as its metadata document describes it, where its id is the URL of one. `begins`: an
 * authorization starts with it. Throws as `fetchMetadataDocument`.
 */
export async function fetchDocumentOfClient(call: Call, clientId: string | undefined, begins: boolean): Promise<void> {
  if (clientId === undefined) return;
  const ctx = { db: database(), requestId: call.get('requestId'), network: call.get('network') };
  const read = (document: object) => readNew(document, { sharedSecrets: false });
  await fetchMetadataDocument(ctx, clientId, { read, begins });
}

/** As `fetchDocumentOfClient`, for what a program sends; a document that cannot be used is a client that cannot be known (401). */
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

/** What is wrong with the document and with which of its members, in the names that it has there. */
export const reasonOf = (error: RegistryError): string => [error.message, sentenceWithRules(error)].join(' ').trim();

/** RFC 7523 §3: who shows a signed assertion may leave out its id. */
function subjectOf(assertion: string | null): string | undefined {
  try {
    return assertion === null ? undefined : decodeJwt(assertion).sub;
  } catch {
    return undefined; // what is no JWT is refused for that
  }
}
