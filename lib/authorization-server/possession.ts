import { hkdfSync } from 'node:crypto';
import type { Configuration } from 'oidc-provider';
import { keys } from '../keys.ts';

type DPoP = NonNullable<NonNullable<Configuration['features']>['dPoP']>;

/**
 * RFC 9449: tokens that are good only with the key they were given to. A nonce comes with each answer, of a secret that all processes
 * share. A proof may do without: it is then good for five minutes of its date, and once.
 */
export const possession = (): DPoP => ({
  enabled: true,
  nonceSecret: Buffer.from(hkdfSync('sha256', keys().cursor, '', 'nonces of DPoP', 32)),
  requireNonce: () => false,
});
