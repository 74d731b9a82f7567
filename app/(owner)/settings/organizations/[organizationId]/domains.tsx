import { Moment } from '#components/moment';
import { Section } from '#components/section';
import { listDomains } from '#lib/domains/index';
import { loadOrganization } from './load.ts';

/** The verified domains of the organization; the operator adds them. */
export async function Domains({ organizationId }: { organizationId: string }) {
  const { ctx } = await loadOrganization(organizationId);
  const domains = await listDomains(ctx, organizationId);
  return (
    <Section
      title="Verified domains"
      lead="An app that sends people only to addresses under these is shown as verified. Ask the operator to add one."
    >
      {domains.length === 0 ? (
        <p className="text-soft">None yet: people read “Unverified” of every app.</p>
      ) : (
        <ul className="grid gap-2">
          {domains.map(({ domain, verifiedAt }) => (
            <li key={domain} className="flex flex-wrap gap-x-4">
              <span className="font-mono [overflow-wrap:anywhere]">{domain}</span>
              <span className="text-soft">
                since <Moment at={verifiedAt} date />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
