import type { Provenance } from '#lib/clients/rules';

/** A client secret without its material. */
export type ClientSecret = {
  id: string;
  clientId: string;
  name: string;
  /** The last four characters, so that people can tell secrets apart. */
  lastFour: string;
  channel: Provenance;
  createdAt: Date;
  createdByName?: string | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
};

export type SecretState = 'live' | 'expiring' | 'expired' | 'revoked';

const expiringSoonMs = 14 * 24 * 3600 * 1000;

export function stateOf(secret: Pick<ClientSecret, 'expiresAt' | 'revokedAt'>, now = new Date()): SecretState {
  if (secret.revokedAt) return 'revoked';
  if (!secret.expiresAt) return 'live';
  const left = secret.expiresAt.getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left <= expiringSoonMs ? 'expiring' : 'live';
}

/** Whether a client can authenticate with the secret. */
export const isUsable = (secret: Pick<ClientSecret, 'expiresAt' | 'revokedAt'>, now = new Date()): boolean =>
  ['live', 'expiring'].includes(stateOf(secret, now));

/** Whether the secret is the only usable one of its client (rule S8). */
export const isLastUsable = (secret: ClientSecret, all: readonly ClientSecret[]): boolean =>
  isUsable(secret) && all.every((one) => one.id === secret.id || !isUsable(one));

/** How many secrets of one client may be live at once. */
export const liveSecretsMax = 5;
/** How long an old secret may stay valid after a rotation. */
export const overlapHoursMax = 168;
export const overlapHoursDefault = 24;
