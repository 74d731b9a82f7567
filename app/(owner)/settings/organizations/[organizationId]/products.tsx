import Link from 'next/link';
import { Cell, DataTable, Row } from '#components/data-table';
import { Section } from '#components/section';
import { listProducts } from '#lib/products/index';
import { NewProductForm } from './forms.tsx';
import { loadOrganization } from './load.ts';

const columns = ['Name', 'Slug', 'ID', 'Apps'];

export async function Products({ organizationId }: { organizationId: string }) {
  const { ctx, administer } = await loadOrganization(organizationId);
  const products = await listProducts(ctx, organizationId);
  return (
    <Section
      title="Products"
      lead="Parts of the organization that apps can belong to. Some APIs ask for their slug or ID."
    >
      {products.length > 0 ? (
        <DataTable caption="Products" columns={administer ? [...columns, 'Change'] : columns}>
          {products.map(({ id, name, slug, clientCount }) => (
            <Row key={id}>
              <Cell head>
                <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
              </Cell>
              <Cell label="Slug">
                <span className="font-mono text-sm [overflow-wrap:anywhere]">{slug}</span>
              </Cell>
              <Cell label="ID">
                <span className="font-mono text-sm">{id}</span>
              </Cell>
              <Cell label="Apps">{clientCount}</Cell>
              {administer && (
                <Cell>
                  <Link href={`/settings/organizations/${organizationId}/products/${id}`} className="link">
                    Change<span className="sr-only"> {name}</span>
                  </Link>
                </Cell>
              )}
            </Row>
          ))}
        </DataTable>
      ) : (
        <p className="text-soft">There is none yet.</p>
      )}
      {administer && (
        <div className="mt-6">
          <NewProductForm organizationId={organizationId} />
        </div>
      )}
    </Section>
  );
}
