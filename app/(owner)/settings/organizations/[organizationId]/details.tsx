import { Code } from '#components/code';
import { Section } from '#components/section';
import { findOrganization } from '#lib/organizations/index';
import { RenameForm } from './forms.tsx';
import { loadOrganization } from './load.ts';

/** The name, and the ids by which different APIs know the organization. */
export async function Details({ organizationId }: { organizationId: string }) {
  const { ctx, organization, administer } = await loadOrganization(organizationId);
  const { id, name, number, externalId, parentId } = organization;
  const parent = parentId ? await findOrganization(ctx, parentId) : undefined;
  const ids = [
    { label: 'ID', text: id, copy: 'organization ID' },
    { label: 'Number', text: String(number), copy: 'number' },
    { label: 'External ID', text: externalId, copy: 'external ID' },
  ];
  return (
    <Section title="Details">
      <dl className="mb-6 grid gap-x-6 gap-y-1 max-sm:[&_dd]:mb-2 sm:gap-y-3 sm:grid-cols-[10rem_1fr]">
        {ids.map(({ label, text, copy }) => (
          <div key={label} className="contents">
            <dt className="text-soft">{label}</dt>
            <dd className="min-w-0">
              <Code label={copy}>{text}</Code>
            </dd>
          </div>
        ))}
        {parentId && (
          <div className="contents">
            <dt className="text-soft">Belongs to</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{parent?.name ?? 'An organization that is not yours'}</dd>
          </div>
        )}
      </dl>
      {administer && <RenameForm organizationId={id} name={name} />}
    </Section>
  );
}
