import { randomUUID } from 'node:crypto';
import { answerDeviceCode, selectDeviceCode } from '#db/queries/device-codes';
import { hashesWithEveryPepper } from '#lib/credentials/index';
import { allowAccess, roundPeople } from '#lib/grants/index';
import { requirePerson } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { forbidden, notFound, RegistryError } from '#lib/kernel/errors';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { describeResources } from '#lib/resources/index';
import { consentTerms, namesNow, requestedScopes } from '#lib/scopes/index';

/** Reads a user code as typed: eight consonants, in either case, with or without spaces and hyphens. Undefined for any other text. */
export function readUserCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s\-_.–—]/g, '');
  return /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/.test(letters) ? letters : undefined;
}

/** The user code in the form that the device shows. */
export const writeUserCode = (letters: string): string => `${letters.slice(0, 4)}-${letters.slice(4)}`;

/** Returns the URL of the page for a code; empty parameters are omitted. */
export function devicePage(parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ''));
  return query.size > 0 ? `/device?${query}` : '/device';
}

/** A device's authorization request that waits for a person (RFC 8628). */
export type DeviceRequest = {
  /** In the form that the device shows. */
  userCode: string;
  clientId: string;
  /** The requested scopes. */
  scopes: { name: string; optional: boolean; implied: boolean }[];
  /** The resources that the tokens are for, by URI. */
  resources: string[];
  /** The number of people who use the app, rounded down; 0 means fewer than ten. */
  people: number;
  /** False if the app is only for members of its organization and the person is not a member. */
  mayUse: boolean;
  /** The device's network, shortened; undefined if it is the same as the person's. */
  otherNetwork: string | undefined;
  /** The device gets a refresh token. */
  staysConnected: boolean;
};

const windowSeconds = 600;

/** The hashes and the time by which queries find the row of a user code. */
export const rowKeyOf = (userCode: string) => ({
  hashes: hashesWithEveryPepper(readUserCode(userCode) ?? ''),
  now: new Date(),
});

/** Counts one try of a code, for the network and for the person (rule A17). @throws rate_limited */
export async function countAttempt(ctx: Context, userId?: string): Promise<void> {
  const message = 'Too many codes were tried. Wait a few minutes.';
  const budget = (max: number) => ({ max, windowSeconds });
  await requireWithinLimit(ctx.db, `device-code:network:${ctx.network}`, budget(100), message);
  if (userId !== undefined) await requireWithinLimit(ctx.db, `device-code:user:${userId}`, budget(30), message);
}

/**
 * Gets the request of the code that the signed-in person typed. Each try counts, right or wrong (rule A17).
 * @throws rate_limited; not_found: the code is wrong, has expired or was answered
 */
export async function getDeviceRequest(ctx: Context, typed: string): Promise<DeviceRequest> {
  const { userId, memberships } = requirePerson(ctx);
  await countAttempt(ctx, userId);
  const letters = readUserCode(typed);
  const row = letters === undefined ? undefined : await selectDeviceCode(ctx.db, rowKeyOf(letters));
  if (!letters || !row) throw notFound('Code');
  const { scope, resource } = row.params;
  const names = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
  const asked = await namesNow(ctx.db, names);
  const { scopes: registered, optionalScopes } = row;
  const { optional, implied } = await consentTerms(ctx.db, { asked, registered, optional: optionalScopes });
  return {
    userCode: writeUserCode(letters),
    clientId: row.clientId,
    scopes: asked.map((name) => ({ name, optional: optional.includes(name), implied: implied.includes(name) })),
    resources: [resource ?? []].flat().filter((uri) => typeof uri === 'string'),
    people: roundPeople(row.people),
    otherNetwork: row.network === null || row.network === ctx.network ? undefined : shortened(row.network),
    staysConnected: row.grantTypes.includes('refresh_token'),
    mayUse:
      row.openToOtherOrganizations || memberships.some(({ organizationId }) => organizationId === row.organizationId),
  };
}

/** Hides the last part of an IPv4 address. An IPv6 network is already stored as a /64. */
const shortened = (network: string): string => network.replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.*');

/** The person's answer. `wanted` has the optional scopes that they allow; the app acts in the organization `organizationId`. */
export type Decision = {
  /** The id of the person whose account the page showed. */
  shownTo?: string;
} & ({ allow: false } | { allow: true; wanted: readonly string[]; organizationId: string | null });

/**
 * Answers a device's request; only the first answer counts. The device gets the result at its next token request.
 * @throws as `getDeviceRequest`; forbidden: the person may not use the app; conflict: the page showed another account
 */
export async function decideDeviceRequest(ctx: Context, typed: string, decision: Decision): Promise<void> {
  const { userId } = requirePerson(ctx);
  if (decision.shownTo !== undefined && decision.shownTo !== userId)
    throw new RegistryError('conflict', 'This page was for another account. Look at it again.');
  const request = await getDeviceRequest(ctx, typed);
  if (!decision.allow) return refuse(ctx, typed);
  if (!request.mayUse) throw forbidden('This app is for the members of one organization.');
  await inTransaction(ctx, (tx) => allow(tx, request, decision));
}

/**
 * Denies a device's request, also for a person who is not signed in. Each try counts.
 * @throws rate_limited; not_found: the code is wrong, has expired or was answered
 */
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
  const chosen = await requestedScopes(tx.db, wanted);
  const declined = request.scopes.filter(({ name, optional }) => optional && !chosen.includes(name));
  const scopes = request.scopes.filter((one) => !declined.includes(one)).map(({ name }) => name);
  const grant = await allowAccess(tx, {
    clientId,
    organizationId,
    scopes,
    declined: declined.map(({ name }) => name),
    claims: [],
    resources: await scopesByResource(tx, resources, scopes),
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

/** The allowed scopes of each resource, by the resource's URI. */
async function scopesByResource({ db }: Context, uris: readonly string[], scopes: readonly string[]) {
  const resources = await describeResources(db, uris);
  const allowed = [...resources].map(([uri, one]) => [uri, scopes.filter((name) => one.scopes.includes(name))]);
  return Object.fromEntries(allowed) as Record<string, string[]>;
}
