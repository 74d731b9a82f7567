import { type secretOperations, writeNewSecret, writeSecret } from '#lib/dialects/native/index';
import {
  type CreatedSecret,
  createSecret,
  expireSecret,
  listSecrets,
  revokeSecret,
  rotateSecret,
} from '#lib/secrets/index';
import type { Handlers } from './handler.ts';

export const secrets: Handlers<typeof secretOperations> = {
  async listSecrets({ ctx, params }) {
    return { body: { items: (await listSecrets(ctx, params.client_id)).map(writeSecret) } };
  },

  async createSecret({ ctx, params, body: { name, expires_at: expiresAt } }) {
    return created(await createSecret(ctx, params.client_id, { name, expiresAt }));
  },

  async rotateSecret({ ctx, params, body: { name, expires_at: expiresAt, overlap_seconds: overlapSeconds } }) {
    return created(await rotateSecret(ctx, params.client_id, { name, expiresAt, overlapSeconds }));
  },

  async expireSecret({ ctx, params, body }) {
    return { body: writeSecret(await expireSecret(ctx, params.client_id, params.secret_id, body.expires_at)) };
  },

  async revokeSecret({ ctx, params }) {
    await revokeSecret(ctx, params.client_id, params.secret_id);
    return { body: undefined };
  },
};

function created({ secret, value }: CreatedSecret) {
  if (value === undefined) throw new Error('a new secret has no value');
  return { body: writeNewSecret(secret, value) };
}
