import { decodeJwt } from 'jose';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { artifactsOf } from './adapter.ts';
import { exchange } from './exchange.ts';
import { judgePreview } from './preview-callback.ts';
import { clientOf } from './registered-client.ts';

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
