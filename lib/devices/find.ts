import { selectDeviceCode } from '#db/queries/device-codes';
import { requirePerson } from '../access.ts';
import type { Context } from '../context.ts';
import { everyHash } from '../credentials/index.ts';
import { notFound } from '../errors.ts';
import { roundPeople } from '../grants/index.ts';
import { requireFromLimit, scaled } from '../rate-limits/index.ts';
import { readUserCode, writeUserCode } from './user-code.ts';

/** A device's request that waits for a person (RFC 8628). */
export type DeviceRequest = {
  /** As the device shows it. */
  userCode: string;
  clientId: string;
  /** Each scope that is asked for. */
  scopes: { name: string; optional: boolean }[];
  /** The APIs that the tokens are for. */
  resources: string[];
  /** How many people use the app, rounded down; 0 is fewer than ten. */
  people: number;
  /** False for an app of an organization's members that the person is none of. */
  mayUse: boolean;
  /** The network from which the device asked, shortened; undefined where it is the person's own. */
  otherNetwork: string | undefined;
  /** It gets a refresh token. */
  staysConnected: boolean;
};

const windowSeconds = 600;

/** By which its row is known. */
export const namedBy = (userCode: string) => ({
  hashes: everyHash(readUserCode(userCode) ?? ''),
  now: new Date(),
});

/** Counts one code that was tried, by the network and by the person (rule A17). @throws rate_limited */
export async function countAttempt(ctx: Context, userId?: string): Promise<void> {
  const message = 'Too many codes were tried. Wait a few minutes.';
  const budget = (max: number) => ({ max: scaled(max), windowSeconds });
  await requireFromLimit(ctx.db, `device-code:network:${ctx.network}`, budget(100), message);
  if (userId !== undefined) await requireFromLimit(ctx.db, `device-code:user:${userId}`, budget(30), message);
}

/**
 * What waits under the code that a signed-in person typed. Each attempt counts, right or wrong (rule A17). Throws `rate_limited`, and
 * `not_found` for a code that is none, is over or was answered.
 */
export async function getDeviceRequest(ctx: Context, typed: string): Promise<DeviceRequest> {
  const { userId, memberships } = requirePerson(ctx);
  await countAttempt(ctx, userId);
  const letters = readUserCode(typed);
  const row = letters === undefined ? undefined : await selectDeviceCode(ctx.db, namedBy(letters));
  if (!letters || !row) throw notFound('Code');
  const { scope, resource } = row.params;
  const names = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
  return {
    userCode: writeUserCode(letters),
    clientId: row.clientId,
    scopes: names.map((name) => ({ name, optional: row.optionalScopes.includes(name) })),
    resources: [resource ?? []].flat().filter((uri) => typeof uri === 'string'),
    people: roundPeople(row.people),
    otherNetwork: row.network === null || row.network === ctx.network ? undefined : shortened(row.network),
    staysConnected: row.grantTypes.includes('refresh_token'),
    mayUse:
      row.openToOtherOrganizations || memberships.some(({ organizationId }) => organizationId === row.organizationId),
  };
}

/** Of an IPv4 address three quarters; networks of IPv6 are kept as /64. */
const shortened = (network: string): string => network.replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.*');
