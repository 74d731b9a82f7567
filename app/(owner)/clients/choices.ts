import { powersIn } from '#lib/kernel/access';
import { listOrganizations } from '#lib/organizations/index';
import type { SignedIn } from '#lib/portal/session';
import { listProducts } from '#lib/products/index';
import { findSelfRegistered } from '#lib/registrations/index';

type Option = { value: string; label: string };
export type Choices = {
  organizations: Option[];
  products: Option[];
  creatableIn: Option[];
  canCreate: boolean;
  selfRegistered: Option | undefined;
};

/** The organizations and products that a person can choose, and the organizations where they may register an app. */
export async function loadChoices(ctx: SignedIn): Promise<Choices> {
  const organizations = await listOrganizations(ctx);
  const products = await Promise.all(organizations.map(({ id }) => listProducts(ctx, id)));
  const selfRegistered = await findSelfRegistered(ctx);
  const option = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  const creatableIn = organizations.filter(({ id }) => powersIn(ctx, id).create).map(option);
  return {
    organizations: [...organizations, ...(selfRegistered ? [selfRegistered] : [])].map(option),
    products: products.flat().map(({ id, name }) => ({ value: String(id), label: name })),
    creatableIn,
    canCreate: creatableIn.length > 0,
    selfRegistered: selfRegistered && option(selfRegistered),
  };
}
