import { randomUUID } from 'node:crypto';
import { answerDeviceCode, selectDeviceCode } from '#db/queries/device-codes';
import { everyHash } from '#lib/credentials/index';
import { allowAccess, roundPeople } from '#lib/grants/index';
import { requirePerson } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { forbidden, notFound, RegistryError } from '#lib/kernel/errors';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { describeResources } from '#lib/resources/index';

/** Letters without vowels, and eight of them, however they are typed: small, with spaces, with or without the hyphen. */
export function readUserCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s\-_.–—]/g, '');
  return /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/.test(letters) ? letters : undefined;
}

/** As the device shows it. */
export const writeUserCode = (letters: string): string => `${letters.slice(0, 4)}-${letters.slice(4)}`;

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
export const rowKeyOf = (userCode: string) => ({
  hashes: everyHash(readUserCode(userCode) ?? ''),
  now: new Date(),
});

/** Counts one code that was tried, by the network and by the person (rule A17). @throws rate_limited */
export async function countAttempt(ctx: Context, userId?: string): Promise<void> {
  const message = 'Too many codes were tried. Wait a few minutes.';
  const budget = (max: number) => ({ max, windowSeconds });
  await requireWithinLimit(ctx.db, `device-code:network:${ctx.network}`, budget(100), message);
  if (userId !== undefined) await requireWithinLimit(ctx.db, `device-code:user:${userId}`, budget(30), message);
}

/**
 * What waits under the code that a signed-in person typed. Each attempt counts, right or wrong (rule A17). Throws `rate_limited`, and
 * `not_found` for a code that is none, is over or was answered.
 */
export async function getDeviceRequest(ctx: Context, typed: string): Promise<DeviceRequest> {
  const { userId, memberships } = requirePerson(ctx);
  await countAttempt(ctx, userId);
  const letters = readUserCode(typed);
  const row = letters === undefined ? undefined : await selectDeviceCode(ctx.db, rowKeyOf(letters));
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

/** What the person says: the scopes they want of those they may decline, and in which organization the app acts. */
export type Decision = {
  /** The person whose account the question named. */
  shownTo?: string;
} & ({ allow: false } | { allow: true; wanted: readonly string[]; organizationId: string | null });

/**
 * Answers a device's request, once: the device learns it at its next question. Throws as `getDeviceRequest`, `forbidden` for an app
 * that is not for this person, `conflict` if the question named another account, and `not_found` when somebody was first.
 */
export async function decideDeviceRequest(ctx: Context, typed: string, decision: Decision): Promise<void> {
  const { userId } = requirePerson(ctx);
  if (decision.shownTo !== undefined && decision.shownTo !== userId)
    throw new RegistryError('conflict', 'The question was asked of another account. Look at it again.');
  const request = await getDeviceRequest(ctx, typed);
  if (!decision.allow) return refuse(ctx, typed);
  if (!request.mayUse) throw forbidden('This app is for the members of one organization.');
  await inTransaction(ctx, (tx) => allow(tx, request, decision));
}

/** A no from somebody who need not be signed in, once. Each attempt counts. @throws rate_limited, not_found (no such code, over, answered) */
export async function cancelDeviceRequest(ctx: Context, typed: string): Promise<void> {
  await countAttempt(ctx);
  return refuse(ctx, typed);
}

async function refuse({ db }: Context, typed: string): Promise<void> {
  const refused = { error: 'access_denied', errorDescription: 'the person did not allow it' };
  if (!(await answerDeviceCode(db, rowKeyOf(typed), { payload: refused }))) throw notFound('Code');
}

async function allow(tx: Context, request: DeviceRequest, { wanted, organizationId }: Decision & { allow: true }) {
  const { userId, signedInAt } = requirePerson(tx);
  const { clientId, resources, userCode } = request;
  const declined = request.scopes.filter(({ name, optional }) => optional && !wanted.includes(name));
  const scopes = request.scopes.filter((one) => !declined.includes(one)).map(({ name }) => name);
  const grant = await allowAccess(tx, {
    clientId,
    organizationId,
    scopes,
    declined: declined.map(({ name }) => name),
    claims: [],
    resources: await ofResources(tx, resources, scopes),
  });
  const familyId = `${grant.id}.${randomUUID()}`;
  const payload = {
    accountId: userId,
    grantId: familyId,
    scope: scopes.join(' '),
    authTime: Math.floor((signedInAt?.getTime() ?? Date.now()) / 1000),
    ...(resources.length > 0 && { resource: resources }),
  };
  const answer = { payload, userId, grantId: grant.id, familyId };
  if (!(await answerDeviceCode(tx.db, rowKeyOf(userCode), answer))) throw notFound('Code');
}

async function ofResources({ db }: Context, uris: readonly string[], scopes: readonly string[]) {
  const offered = await describeResources(db, uris);
  const given = [...offered].map(([uri, one]) => [uri, scopes.filter((name) => one.scopes.includes(name))]);
  return Object.fromEntries(given) as Record<string, string[]>;
}
