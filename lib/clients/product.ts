import type { Context } from '../context.ts';
import type { Issue } from '../errors.ts';
import { findProduct } from '../products/index.ts';
import { refusal } from './issue.ts';

/** Whether the product that is to own a client is one of the organization's. */
export async function judgeProduct(ctx: Context, organizationId: string, productId?: number | null): Promise<Issue[]> {
  if (productId == null || (await findProduct(ctx, organizationId, productId))) return [];
  return [refusal('productId', 'product', 'This product does not belong to the organization.')];
}
