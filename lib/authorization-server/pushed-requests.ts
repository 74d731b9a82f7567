import { decodeJwt } from 'jose';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { isConfidential, judgeRedirectUri, refusalsOf } from '#lib/clients/rules';
import { findDomainOfHost } from '#lib/domains/index';
import { database } from '#lib/kernel/database';
import { artifactsOf } from './adapter.ts';
import { clientOf, isRegisteredRedirect } from './clients/registered-client.ts';
import { exchange, type RegisteredClient } from './exchange.ts';

/** A person may think about a request for an hour; what it came from is known as long, so that it is answered once. */
const thinkingSeconds = 60 * 60;

/** Requests that were pushed (RFC 9126): each ends with its client, and is answered once, however often its page is loaded. */
export function pushedRequests(): Adapter {
  const artifacts = artifactsOf('PushedAuthorizationRequest');
  return {
    ...artifacts,
    upsert: (id, payload, expiresIn = 0) =>
      artifacts.upsert(id, { ...payload, clientId: exchange().clientId }, expiresIn + thinkingSeconds),
    async find(id) {
      const payload = await artifacts.find(id);
      // Another client is told nothing of it, not even its state.
      if (!payload || payload.clientId !== exchange().clientId) return undefined;
      await judgeAgain(payload);
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

/** The domain may be somebody else's since it was pushed. */
async function judgeAgain({ clientId, request }: AdapterPayload): Promise<void> {
  if (clientId === undefined || typeof request !== 'string') return;
  const { redirect_uri: uri } = decodeJwt(request);
  if (typeof uri === 'string') await judgePreview(clientOf(clientId), uri);
}

/**
 * Rule R16: a client that authenticates may push a redirect URI that is not registered, under a domain that its organization has
 * verified; oidc-provider has asked who it is, and asks `refusalOfPreview` later. Looked up where it may still take its time.
 */
export async function judgePreview(client: RegisteredClient, uri: string): Promise<void> {
  if (isRegisteredRedirect(client, uri)) return;
  exchange().preview = { uri, refusal: await refusalOf(client, uri) };
}

/** Why a redirect URI that is not registered is not accepted; undefined when it is. */
export function refusalOfPreview(uri: unknown): string | undefined {
  const { preview } = exchange();
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
