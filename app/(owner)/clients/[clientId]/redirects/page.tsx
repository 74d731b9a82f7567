import { page, pageTitle } from '#app/page-answer';
import { Section } from '#components/section';
import { redirectSchemes } from '#lib/clients/index';
import { ClientFrame } from '../client-frame.tsx';
import { Facts } from '../facts.tsx';
import { loadClient } from '../load.ts';
import { LookOnly } from '../look-only.tsx';
import { saveRedirects } from './actions.ts';
import { redirectFields, showRedirects } from './fields.ts';
import { RedirectsForm } from './form.tsx';

export const generateMetadata = pageTitle(async ({ params }: PageProps<'/clients/[clientId]/redirects'>) => {
  const { client } = await loadClient((await params).clientId, '/redirects');
  return `Redirect URIs · ${client.name}`;
});

export default page(async function Redirects({ params }: PageProps<'/clients/[clientId]/redirects'>) {
  const { client } = await loadClient((await params).clientId, '/redirects');
  const kept = showRedirects(client);
  if (!client.may.edit) {
    return (
      <ClientFrame client={client} title="Redirect URIs">
        <LookOnly />
        <Section title="Where it may lead">
          <Facts fields={redirectFields} values={kept} />
        </Section>
      </ClientFrame>
    );
  }
  const { applicationType, environment, tokenEndpointAuthMethod, secretOptional, grantTypes, provenance } = client;
  return (
    <ClientFrame client={client} title="Redirect URIs">
      <RedirectsForm
        action={saveRedirects.bind(null, client.clientId)}
        clientId={client.clientId}
        version={client.version}
        setting={{
          applicationType,
          environment,
          tokenEndpointAuthMethod,
          secretOptional,
          grantTypes,
          provenance,
          allowedSchemes: redirectSchemes(),
        }}
        kept={kept}
      />
    </ClientFrame>
  );
});
