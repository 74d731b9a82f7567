import { errors, Provider } from 'oidc-provider';
import { hashCredential } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { takeFromLimit } from '#lib/rate-limits/index';
import { exchange } from '../exchange.ts';

/** How long a person has for it, in seconds. */
export const deviceCodeLifetimeSeconds = 600;

/** For how long after that a device is told that it is over rather than that it never was. */
export const deviceCodeRemembersSeconds = 600;

/** RFC 8628: eight letters without vowels, so that no word comes of it (rule A17); what the person does with them is `lib/devices`. */
export const deviceFlow = {
  enabled: true,
  charset: 'base-20' as const,
  mask: '****-****',
  deviceInfo: () => ({ network: exchange().network }),
};

/** How long a device waits between its questions (RFC 8628 §3.5); one of them may be a little early. */
const intervalSeconds = 5;
const patience = { max: 1, windowSeconds: intervalSeconds - 1 };

type Find = (value: string, options?: object) => Promise<InstanceType<Provider['DeviceCode']> | undefined>;

/**
 * Tells a device how often to ask, because some programs know no default, and one that asks more often while its person has not
 * answered: `slow_down`.
 */
export function slowDown(provider: Provider): void {
  provider.on('device_authorization.success', (_ctx, body) => Object.assign(body, { interval: intervalSeconds }));
  const { DeviceCode } = provider;
  const find: Find = DeviceCode.find;
  Object.assign(DeviceCode, {
    async find(...asked: Parameters<Find>) {
      const code = await find.apply(DeviceCode, asked);
      // The code of another client is refused for that, and its device is not slowed down.
      if (code && code.clientId !== Provider.ctx?.oidc.client?.clientId) return code;
      if (!code || code.isExpired || code.accountId !== undefined || code.error !== undefined) return code;
      const { allowed } = await takeFromLimit(database(), `oauth:device:${hashCredential(asked[0]).hash}`, patience);
      if (!allowed) throw new errors.SlowDown('wait five seconds more between your questions');
      return code;
    },
  });
}
