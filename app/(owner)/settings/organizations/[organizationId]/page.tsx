import { page, pageTitle } from '#app/page-answer';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { Section } from '#components/section';
import { tableOf } from '#lib/kernel/table';
import { roleTexts } from '#lib/members/rules';
import { listOrganizationTokens } from '#lib/tokens/index';
import { TokenTable } from '../../tokens/token-table.tsx';
import { Details } from './details.tsx';
import { Domains } from './domains.tsx';
import { Invitations } from './invitations.tsx';
import { loadOrganization } from './load.ts';
import { Members } from './members.tsx';
import { Products } from './products.tsx';
import { WaysOut } from './ways-out.tsx';

type Outcome = { tone: 'good' | 'warn'; text: string };

const good = (text: string): Outcome => ({ tone: 'good', text });

/** The results that an action puts into the URL. */
const done = tableOf<Outcome>({
  renamed: good('The new name is saved.'),
  role: good('The role is changed. It counts from their next click or request on.'),
  removed: good('They are no longer a member, and their tokens here have ended.'),
  invited: good('The invitation is on its way. Its link works for seven days.'),
  unsent: {
    tone: 'warn',
    text: 'The invitation stands, but the mail server refused the mail. Invite the same address again later.',
  },
  'invitation-revoked': good('The invitation is taken back: its link opens nothing any more.'),
  'product-added': good('The product is added.'),
  'product-renamed': good('The product has its new name.'),
  'product-removed': good('The product is removed.'),
  joined: good('Welcome. You are a member now.'),
});

/** All API tokens of the organization, for owners and admins. */
async function ApiTokens({ organizationId }: { organizationId: string }) {
  const { ctx } = await loadOrganization(organizationId);
  const tokens = await listOrganizationTokens(ctx, organizationId);
  return (
    <Section title="API tokens" lead="Made by the people of the organization for their programs.">
      {tokens.length > 0 ? (
        <TokenTable tokens={tokens} caption="API tokens of the organization, newest first" people />
      ) : (
        <p className="text-soft">Nobody has made one.</p>
      )}
    </Section>
  );
}

type Props = PageProps<'/settings/organizations/[organizationId]'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { organization } = await loadOrganization((await params).organizationId);
  return organization.name;
});

export default page(async function OrganizationPage({ params, searchParams }: Props) {
  const { organization, membership, administer } = await loadOrganization((await params).organizationId);
  const outcome = done((await searchParams).done);
  const { id } = organization;
  return (
    <Page
      title={organization.name}
      lead={membership ? `You are ${roleTexts[membership].title.toLowerCase()} here.` : 'You see it as the operator.'}
      back={{ href: '/settings/organizations', label: 'Organizations' }}
      width="wide"
    >
      {outcome && (
        <div className="mb-6" role="status">
          <Notice tone={outcome.tone}>{outcome.text}</Notice>
        </div>
      )}
      <Members organizationId={id} />
      {administer && <Invitations organizationId={id} />}
      <Domains organizationId={id} />
      <Products organizationId={id} />
      {administer && <ApiTokens organizationId={id} />}
      <Details organizationId={id} />
      <WaysOut organizationId={id} />
    </Page>
  );
});
