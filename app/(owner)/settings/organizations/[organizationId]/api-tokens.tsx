import { Section } from '#components/section';
import { listOrganizationTokens } from '#lib/tokens/index';
import { TokenTable } from '../../tokens/token-table.tsx';
import { loadOrganization } from './load.ts';

/** Everyone's tokens, for owners and admins: what else acts here in a person's name. */
export async function ApiTokens({ organizationId }: { organizationId: string }) {
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
