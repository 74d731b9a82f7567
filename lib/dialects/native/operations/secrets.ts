import { z } from 'zod';
import { provenances } from '#lib/clients/rules';
import { type ClientSecret, overlapHoursDefault, overlapHoursMax, stateOf } from '#lib/secrets/rules';
import type { Operations } from '../operation.ts';
import { moment, momentSent, unpagedList, uuid, writeMoment, writeMomentOrNull } from '../values.ts';

const group = 'Secrets';
const all = '/clients/{client_id}/secrets';
const one = `${all}/{secret_id}` as const;
const write = ['clients:write'] as const;

const name = z.string().meta({ description: 'What tells it from the others.', examples: ['Server in Frankfurt'] });
const secretWire = z
  .strictObject({
    secret_id: uuid,
    name,
    last_four: z.string().meta({ description: 'Its last four characters.' }),
    channel: z.enum(provenances),
    state: z.enum(['live', 'expiring', 'expired', 'revoked']),
    created_at: moment,
    created_by_name: z.string().nullable(),
    expires_at: moment.nullable(),
    revoked_at: moment.nullable(),
    last_used_at: moment.nullable(),
  })
  .meta({ id: 'Secret', description: 'A secret without its material.' });

const createdSecretWire = z
  .strictObject({
    ...secretWire.shape,
    client_secret: z.string().meta({ description: 'Shown in this answer and never again.' }),
  })
  .meta({ id: 'CreatedSecret' });

const expiresAt = momentSent.nullable().optional();
const overlap = z
  .int()
  .min(0)
  .max(overlapHoursMax * 3600)
  .default(overlapHoursDefault * 3600);

export const secretOperations = {
  listSecrets: {
    method: 'GET',
    path: all,
    group,
    summary: 'List a client’s secrets',
    description: 'Every one it ever had, newest first, without material.',
    access: ['clients:read', 'clients:write'],
    status: 200,
    answer: unpagedList(secretWire).meta({ id: 'Secrets' }),
  },
  createSecret: {
    method: 'POST',
    path: all,
    group,
    summary: 'Make another secret',
    description: 'Beside those that live. Five may be live at once.',
    access: write,
    body: z.strictObject({ name, expires_at: expiresAt }).meta({ id: 'NewSecret' }),
    status: 201,
    answer: createdSecretWire,
    idempotent: true,
    secret: true,
    also: [409],
  },
  rotateSecret: {
    method: 'POST',
    path: `${all}/rotate`,
    group,
    summary: 'Make the next secret and end those of before',
    description: 'Those of before live on for the overlap, never longer than they would have; 0 ends them at once.',
    access: write,
    body: z
      .strictObject({ name: name.optional(), overlap_seconds: overlap, expires_at: expiresAt })
      .meta({ id: 'SecretRotation' }),
    bodyOptional: true,
    status: 201,
    answer: createdSecretWire,
    idempotent: true,
    secret: true,
    also: [409],
  },
  expireSecret: {
    method: 'POST',
    path: `${one}/expire`,
    group,
    summary: 'Give a secret an end',
    description: 'In the future, and never later than the end that it has.',
    access: write,
    body: z.strictObject({ expires_at: momentSent }).meta({ id: 'SecretEnd' }),
    status: 200,
    answer: secretWire,
    also: [409],
  },
  revokeSecret: {
    method: 'DELETE',
    path: one,
    group,
    summary: 'End a secret now',
    description:
      'The last one that works of a client that is on cannot go: make its successor first, or disable the client.',
    access: write,
    status: 204,
    also: [409],
  },
} satisfies Operations;

export function writeSecret(secret: ClientSecret): z.input<typeof secretWire> {
  return {
    secret_id: secret.id,
    name: secret.name,
    last_four: secret.lastFour,
    channel: secret.channel,
    state: stateOf(secret),
    created_at: writeMoment(secret.createdAt),
    created_by_name: secret.createdByName ?? null,
    expires_at: writeMomentOrNull(secret.expiresAt),
    revoked_at: writeMomentOrNull(secret.revokedAt),
    last_used_at: writeMomentOrNull(secret.lastUsedAt),
  };
}

/** The only answer that shows the secret. */
export function writeNewSecret(secret: ClientSecret, value: string): z.input<typeof createdSecretWire> {
  return { ...writeSecret(secret), client_secret: value };
}
