import { decodeJwt } from 'jose';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { isConfidential, judgeRedirectUri, refusalsOf } from '#lib/clients/rules';
import { findDomainOfHost } from '#lib/domains/index';
import { database } from '#lib/kernel/database';
import { clientOf, isRegisteredRedirect } from './clients/registered-client.ts';
import { currentRequest, type RegisteredClient } from './request-state.ts';

/** How long a person may take to answer; the pushed request is kept for that time, so that it is answered once. */
const answerSeconds = 60 * 60;

/** Storage of pushed requests (RFC 9126). Each ends with its client and is answered once, however often its page is loaded. */
export function pushedRequests(artifacts: Adapter): Adapter {
  return {
    ...artifacts,
    upsert: (id, payload, expiresIn = 0) =>
      artifacts.upsert(id, { ...payload, clientId: currentRequest().clientId }, expiresIn + answerSeconds),
    async find(id) {
      const payload = await artifacts.find(id);
      // To another client, it does not exist.
      if (!payload || payload.clientId !== currentRequest().clientId) return undefined;
      await recheckPreview(payload);
      return payload;
    },
    async consume(id) {
      try {
        await artifacts.consume(id);
      } catch (error) {
        if (!(error instanceof errors.InvalidGrant)) throw error;
        throw new errors.InvalidRequestUri('request_uri is invalid, expired, or was already used');
      }
    },
  };
}

/** The domain may have changed hands since the request was pushed. */
async function recheckPreview({ clientId, request }: AdapterPayload): Promise<void> {
  if (clientId === undefined || typeof request !== 'string') return;
  const { redirect_uri: uri } = decodeJwt(request);
  if (typeof uri === 'string') await judgePreview(clientOf(clientId), uri);
}

/**
 * Rule R16: a client that authenticates may push an unregistered redirect URI under a verified domain of its organization. Stores the
 * decision in the request's state; oidc-provider later asks for it synchronously (`refusalOfPreview`).
 */
export async function judgePreview(client: RegisteredClient, uri: string): Promise<void> {
  if (isRegisteredRedirect(client, uri)) return;
  currentRequest().preview = { uri, refusal: await refusalOf(client, uri) };
}

/** Why an unregistered redirect URI is refused; undefined if it is accepted. */
export function refusalOfPreview(uri: unknown): string | undefined {
  const { preview } = currentRequest();
  return preview === undefined || preview.uri !== uri ? notRegistered : preview.refusal;
}

const notRegistered = 'redirect_uri is not registered';

async function refusalOf(client: RegisteredClient, uri: string): Promise<string | undefined> {
  const { sectorIdentifierUri, applicationType, environment } = client;
  if (!isConfidential(client) || sectorIdentifierUri !== null) return notRegistered;
  const [wrong] = refusalsOf(judgeRedirectUri(uri, { applicationType, environment, confidential: true }));
  if (wrong) return `${notRegistered}, and could not be: ${wrong.message}`;
  const { protocol, hostname } = new URL(uri);
  const domain = protocol === 'https:' ? await findDomainOfHost(database(), hostname) : undefined;
  if (domain?.organizationId === client.organizationId) return undefined;
  return `${notRegistered}, and under no domain that its organization has verified`;
}
