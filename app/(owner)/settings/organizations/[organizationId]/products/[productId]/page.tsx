import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { ConfirmForm } from '#components/confirm-form';
import { Page } from '#components/page';
import { Section } from '#components/section';
import { notFound } from '#lib/kernel/errors';
import { listProducts } from '#lib/products/index';
import { deleteProduct } from '../../actions.ts';
import { loadAdministered } from '../../load.ts';
import { RenameProductForm } from './form.tsx';

export const metadata: Metadata = { title: 'Product' };

type Props = PageProps<'/settings/organizations/[organizationId]/products/[productId]'>;

export default page(async function ProductPage({ params }: Props) {
  const { organizationId, productId } = await params;
  const path = `/products/${encodeURIComponent(productId)}`;
  const { ctx, organization, back } = await loadAdministered(organizationId, path);
  const product = (await listProducts(ctx, organization.id)).find(({ id }) => String(id) === productId);
  if (!product) throw notFound('Product');
  const about = { organizationId: organization.id, productId };
  return (
    <Page title={product.name} back={back} lead={`Slug ${product.slug}, ID ${product.id}`}>
      <Section title="Name" lead="Slug and ID stay: programs know the product by them.">
        <RenameProductForm {...about} name={product.name} />
      </Section>
      <Section tone="danger" title="Remove the product">
        {product.clientCount > 0 ? (
          <p>{`It cannot be removed while apps belong to it (${product.clientCount}). Move or delete them first.`}</p>
        ) : (
          <ConfirmForm action={deleteProduct} fields={about} yes="Remove now" no="Keep it" back={back.href} />
        )}
      </Section>
    </Page>
  );
});
