import { getOwnedClient, type OwnedClient } from '../../clients/index.ts';
import { notFound } from '../../errors.ts';
import { findProduct, type Product } from '../../products/index.ts';
import { readJsonObject } from '../body.ts';
import type { Call } from '../call.ts';
import { type Caller as Anyone, enterRegistry } from '../caller.ts';
import { isForm, readForm } from '../form.ts';
import { limits } from './limits.ts';
import { readToken } from './token.ts';

/** Whoever calls, and the product whose clients the path speaks of; without one, all of the organization. */
export type Caller = Anyone & {
  product: Product | undefined;
  /** The body, where it is a form: it had to be read for the token that it may hold. */
  form: object | undefined;
};

/** As `enterRegistry`, with this API's ways to send a token; and finds the product, or throws `not_found`. */
export async function enter(call: Call, need: 'clients:read' | 'clients:write'): Promise<Caller> {
  const form = call.req.method !== 'GET' && isForm(call) ? await readForm(call) : undefined;
  const caller = await enterRegistry(call, { channel: 'trackle', limits, need, token: readToken(call, form) });
  const named = call.req.param('product');
  const product = named === undefined ? undefined : await findProduct(caller.ctx, caller.organizationId, named);
  if (named !== undefined && !product) throw notFound('Product');
  return { ...caller, product, form };
}

export async function readBody(call: Call, { form }: Caller): Promise<object> {
  return form ?? readJsonObject(call);
}

/** The client of the path if it is the organization's, and the product's where the path names one. */
export async function getNamedClient({ ctx, product }: Caller, clientId = ''): Promise<OwnedClient> {
  const client = await getOwnedClient(ctx, clientId);
  if (product && client.productId !== product.id) throw notFound('Client');
  return client;
}
