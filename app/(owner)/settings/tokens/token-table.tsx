import Link from 'next/link';
import { Chip } from '#components/chip';
import { Cell, DataTable, Row } from '#components/data-table';
import { Moment } from '#components/moment';
import { type ListedToken, stateOfToken, type TokenState } from '#lib/tokens/rules';

type TokenTableProps = {
  tokens: readonly ListedToken[];
  caption: string;
  /** The person's own tokens in several organizations, or all tokens of one organization. */
  people?: boolean;
};

const states: Record<TokenState, { word: string; tone: 'good' | 'warn' | 'danger' | 'neutral' }> = {
  live: { word: 'Live', tone: 'good' },
  expiring: { word: 'Ends soon', tone: 'warn' },
  expired: { word: 'Expired', tone: 'danger' },
  revoked: { word: 'Revoked', tone: 'neutral' },
};

export function TokenTable({ tokens, caption, people = false }: TokenTableProps) {
  const whose = people ? 'Person' : 'Organization';
  return (
    <DataTable caption={caption} columns={['Name', whose, 'Scopes', 'State', 'Last used', 'Change']}>
      {tokens.map((token) => (
        <Row key={token.id}>
          <Cell head>
            <span className="font-medium [overflow-wrap:anywhere]">{token.name}</span>
            <code className="block font-mono text-sm whitespace-nowrap text-soft">
              <span aria-hidden="true">clt_pat_…</span>
              <span className="sr-only">ends in </span>
              {token.lastFour}
            </code>
          </Cell>
          <Cell label={whose}>
            <span className="[overflow-wrap:anywhere]">{people ? token.userName : token.organizationName}</span>
          </Cell>
          <Cell label="Scopes">
            <span className="font-mono text-sm">{token.scopes.join(' ')}</span>
          </Cell>
          <Cell label="State">
            <TokenStateBadge token={token} />
          </Cell>
          <Cell label="Last used">
            {token.lastUsedAt ? <Moment at={token.lastUsedAt} /> : <span className="text-soft">Never</span>}
          </Cell>
          <Cell>
            <Link href={`/settings/tokens/${token.id}/revoke`} className="link">
              Revoke<span className="sr-only"> {token.name}</span>
            </Link>
          </Cell>
        </Row>
      ))}
    </DataTable>
  );
}

function TokenStateBadge({ token }: { token: ListedToken }) {
  const { word, tone } = states[stateOfToken(token)];
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Chip tone={tone}>{word}</Chip>
      <span className="text-sm text-soft">{token.expiresAt ? <Moment at={token.expiresAt} date /> : 'no end'}</span>
    </span>
  );
}
