import { randomUUID } from 'node:crypto';
import { answerDeviceCode } from '#db/queries/device-codes';
import { requirePerson } from '../access.ts';
import { type Context, inTransaction } from '../context.ts';
import { forbidden, notFound, RegistryError } from '../errors.ts';
import { allowAccess } from '../grants/index.ts';
import { describeResources } from '../resources/index.ts';
import { countAttempt, type DeviceRequest, getDeviceRequest, namedBy } from './find.ts';

/** What the person says: the scopes they want of those they may decline, and in which organization the app acts. */
export type Decision = {
  /** The person whose account the question named. */
  askedOf?: string;
} & ({ allow: false } | { allow: true; wanted: readonly string[]; organizationId: string | null });

/**
 * Answers a device's request, once: the device learns it at its next question. Throws as `getDeviceRequest`, `forbidden` for an app
 * that is not for this person, `conflict` if the question named another account, and `not_found` when somebody was first.
 */
export async function decideDeviceRequest(ctx: Context, typed: string, decision: Decision): Promise<void> {
  const { userId } = requirePerson(ctx);
  if (decision.askedOf !== undefined && decision.askedOf !== userId)
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
  if (!(await answerDeviceCode(db, namedBy(typed), { payload: refused }))) throw notFound('Code');
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
  if (!(await answerDeviceCode(tx.db, namedBy(userCode), answer))) throw notFound('Code');
}

async function ofResources({ db }: Context, uris: readonly string[], scopes: readonly string[]) {
  const offered = await describeResources(db, uris);
  const given = [...offered].map(([uri, one]) => [uri, scopes.filter((name) => one.scopes.includes(name))]);
  return Object.fromEntries(given) as Record<string, string[]>;
}
