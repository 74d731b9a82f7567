import { page, pageTitle } from '#app/page-answer';
import { Section } from '#components/section';
import { warningsOf } from '#lib/clients/index';
import { findPublicClient } from '#lib/public-info/index';
import { ClientFrame } from '../client-frame.tsx';
import { Facts } from '../facts.tsx';
import { loadClient } from '../load.ts';
import { LookOnly } from '../look-only.tsx';
import { saveBranding } from './actions.ts';
import { brandingFields, showBranding } from './fields.ts';
import { BrandingForm } from './form.tsx';
import { PublicCard } from './public-card.tsx';

type Props = PageProps<'/clients/[clientId]/branding'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { client } = await loadClient((await params).clientId, '/branding');
  return `Branding · ${client.name}`;
});

export default page(async function Branding({ params }: Props) {
  const { ctx, client } = await loadClient((await params).clientId, '/branding');
  const { clientId, version, name, logoHash, firstParty, verified, selfRegistered } = client;
  const publisher = (await findPublicClient(ctx.db, clientId))?.publisher ?? '';
  const kept = showBranding(client);
  const card = { clientId, name, publisher, logoHash, firstParty, verified, selfRegistered };
  if (!client.may.edit) {
    return (
      <ClientFrame client={client} title="Branding">
        <LookOnly />
        <PublicCard {...card} description={client.description} />
        <Section title="What people read">
          <Facts fields={brandingFields} values={kept} />
        </Section>
      </ClientFrame>
    );
  }
  const findings = warningsOf(client);
  return (
    <ClientFrame client={client} title="Branding">
      <BrandingForm
        action={saveBranding.bind(null, clientId)}
        version={version}
        card={card}
        kept={kept}
        findings={Object.fromEntries(findings.map(({ field, message }) => [field, message]))}
      />
    </ClientFrame>
  );
});
