/** Part of an organization that may own clients; some APIs speak of it by its slug, some by its id. */
export type Product = {
  id: number;
  organizationId: string;
  slug: string;
  name: string;
  createdAt: Date;
};

export type ListedProduct = Product & { clientCount: number };
