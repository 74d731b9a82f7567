import * as wire from '#lib/dialects/registration/index';
import { env } from '#lib/kernel/env';
import { type Issue, isRegistryError, RegistryError } from '#lib/kernel/errors';
import {
  getRegistration,
  readSoftwareStatement,
  registerClient,
  removeRegistration,
  replaceRegistration,
} from '#lib/registrations/index';
import type { Call } from '../api.ts';
import { readJsonObject } from '../body.ts';
import { admit, admitOwn } from './caller.ts';

/** RFC 7591 §3.1 */
export async function postRegistration(call: Call): Promise<Response> {
  const { ctx, ...place } = await admit(call);
  const { body, softwareStatement } = await readRequest(call);
  const asked = { ...wire.readNew(body), softwareStatement };
  const { client, accessToken, ...made } = await withHints(asked.hints, () => registerClient(ctx, place, asked));
  const replaced = [...made.replaced, ...asked.hints];
  return answer(call, wire.writeNew(client, { ...made, replaced, accessToken, uri: uriOf(client) }), 201);
}

/** RFC 7592 §2.1 */
export async function getOwnRegistration(call: Call): Promise<Response> {
  const { ctx, registered, accessToken } = await admitOwn(call);
  const { client, ...kept } = await getRegistration(ctx, registered);
  return answer(call, wire.writeNew(client, { ...kept, uri: uriOf(client), accessToken }), 200);
}

/** RFC 7592 §2.2 */
export async function putOwnRegistration(call: Call): Promise<Response> {
  const { ctx, registered, accessToken } = await admitOwn(call);
  const { client: before, softwareStatement: statementBefore } = await getRegistration(ctx, registered);
  const { body, softwareStatement } = await readRequest(call);
  const answeredBefore = { uri: uriOf(before), accessToken, softwareStatement: statementBefore };
  const asked = { ...wire.readReplacement(body, before, answeredBefore), softwareStatement };
  const { client, ...made } = await withHints(asked.hints, () => replaceRegistration(ctx, registered, asked));
  const address = { uri: uriOf(client), accessToken, softwareStatement };
  const replaced = [...made.replaced, ...asked.hints];
  return answer(call, wire.writeNew(client, { ...made, ...address, replaced }), 200);
}

/** RFC 7592 §2.3 */
export async function deleteOwnRegistration(call: Call): Promise<Response> {
  const { ctx, registered } = await admitOwn(call);
  await removeRegistration(ctx, registered);
  return call.body(null, 204);
}

/** Adds hints to an error of `work`. A hint is the issue of a member that was ignored because it has another name here. */
async function withHints<T>(hints: readonly Issue[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRegistryError(error) || error.issues.length === 0 || hints.length === 0) throw error;
    throw new RegistryError(error.code, error.message, { issues: [...error.issues, ...hints] });
  }
}

/** The members of the body. The claims of its software statement replace members of the same name (rule M23). */
async function readRequest(call: Call): Promise<{ body: object; softwareStatement: string | null }> {
  const sent = await readJsonObject(call);
  const statement = 'software_statement' in sent ? sent.software_statement : undefined;
  const claims = await readSoftwareStatement(statement);
  const clientId = 'client_id' in sent ? { client_id: sent.client_id } : {};
  const body = { ...sent, ...claims, ...clientId };
  return { body, softwareStatement: claims && typeof statement === 'string' ? statement : null };
}

/** Rule P1: no cache stores the answer, HTTP/1.0 caches included. */
function answer(call: Call, body: object, status: 200 | 201): Response {
  call.header('cache-control', 'no-store');
  call.header('pragma', 'no-cache');
  return call.json(body, status);
}

/** The URL to manage a registration, also for a client that registered at a vendor's path. */
const uriOf = ({ clientId }: { clientId: string }) => `${env().appUrl}/oauth/register/${clientId}`;
