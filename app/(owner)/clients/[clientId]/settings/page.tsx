import { page, pageTitle } from '#app/page-answer';
import { Section } from '#components/section';
import { listProducts } from '#lib/products/index';
import { ClientFrame } from '../client-frame.tsx';
import { Facts } from '../facts.tsx';
import { inWords } from '../form-field.ts';
import { loadClient } from '../load.ts';
import { LookOnly } from '../look-only.tsx';
import { saveSettings } from './actions.ts';
import { settingsFields, showSettings } from './fields.ts';
import { SettingsForm } from './form.tsx';

export const generateMetadata = pageTitle(async ({ params }: PageProps<'/clients/[clientId]/settings'>) => {
  const { client } = await loadClient((await params).clientId, '/settings');
  return `Settings · ${client.name}`;
});

export default page(async function Settings({ params }: PageProps<'/clients/[clientId]/settings'>) {
  const { ctx, client } = await loadClient((await params).clientId, '/settings');
  const kept = showSettings(client);
  const products = Object.fromEntries(
    (await listProducts(ctx, client.organizationId)).map(({ id, name }) => [String(id), name]),
  );
  if (!client.may.edit) {
    const describe = inWords(products);
    return (
      <ClientFrame client={client} title="Settings">
        <LookOnly />
        <Section title="How it works">
          <Facts
            fields={settingsFields.map((field) => (field.name === 'productId' ? { ...field, describe } : field))}
            values={kept}
          />
        </Section>
      </ClientFrame>
    );
  }
  return (
    <ClientFrame client={client} title="Settings">
      <SettingsForm
        action={saveSettings.bind(null, client.clientId)}
        clientId={client.clientId}
        version={client.version}
        environment={client.environment}
        kept={kept}
        products={products}
      />
    </ClientFrame>
  );
});
