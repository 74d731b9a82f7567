import { getOwnedClient, type OwnedClient } from '#lib/clients/index';
import { notFound } from '#lib/kernel/errors';
import { findProduct, type Product } from '#lib/products/index';
import { type Caller as Admitted, admitToken, hasScopes, isMember, readBearer } from '../admission.ts';
import type { Call } from '../api.ts';
import { readJsonObject } from '../body.ts';
import { isForm, readForm } from '../form.ts';
import type { ApiLimits } from '../limits.ts';
import { fault } from '../problems.ts';

export type Caller = Admitted & {
  /** The product of the path; undefined for a path on all clients of the organization. */
  product: Product | undefined;
  /** The body if it is a form. It is read before the caller is known, because it may contain the token. */
  form: object | undefined;
};

/** Admits a call by any of this API's ways to send a token, and finds the product. @throws not_found: there is no such product */
export async function admit(call: Call, need: 'clients:read' | 'clients:write'): Promise<Caller> {
  const form = call.req.method !== 'GET' && isForm(call) ? await readForm(call) : undefined;
  const token = readToken(call, form);
  const caller = await admitToken(call, { channel: 'trackle', limits, token, checks: [isMember, hasScopes(need)] });
  const named = call.req.param('product');
  const product = named === undefined ? undefined : await findProduct(caller.ctx, caller.organizationId, named);
  if (named !== undefined && !product) throw notFound('Product');
  return { ...caller, product, form };
}

export async function readBody(call: Call, { form }: Caller): Promise<object> {
  return form ?? readJsonObject(call);
}

/** Gets the client of the path. @throws not_found: also if the client is not of the path's product */
export async function getNamedClient({ ctx, product }: Caller, clientId = ''): Promise<OwnedClient> {
  const client = await getOwnedClient(ctx, clientId);
  if (product && client.productId !== product.id) throw notFound('Client');
  return client;
}

/** This API documents about ten requests a second for each public address. The average over ten seconds lets a short burst pass. */
const limits: ApiLimits = {
  name: 'trackle',
  perMinute: { read: 600, create: 60, change: 120 },
  perSecond: 10,
  perSecondOf: 'each network',
  averagedOverSeconds: 10,
};

/**
 * The token of a call: in the Authorization header, in the query of a GET, or in the form of a POST, PUT or DELETE.
 * @throws 400: the token was sent in more than one of these ways (RFC 6750 §2)
 */
function readToken(call: Call, form: Readonly<Record<string, string>> | undefined): string | undefined {
  const header = call.req.header('authorization');
  const reads = call.req.method === 'GET' || call.req.method === 'HEAD';
  const sent = [
    ...(header === undefined ? [] : [readBearer(header)]),
    ...(reads ? (call.req.queries('access_token') ?? []) : []),
    ...(form?.access_token === undefined ? [] : [form.access_token]),
  ];
  if (sent.length > 1) throw fault(400, 'Send the access token once, and in one way only.');
  return sent[0];
}
