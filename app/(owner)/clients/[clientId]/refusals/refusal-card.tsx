import Link from 'next/link';
import { Moment } from '#components/moment';
import type { OwnedClient } from '#lib/clients/index';
import type { Refusal } from '#lib/refusals/index';
import { closestRedirectUri } from '#lib/refusals/rules';
import { tableOf } from '#lib/table';
import { DifferenceList } from './difference-list.tsx';
import { Remedy } from './remedy.tsx';

const reasons = tableOf({
  invalid_redirect_uri: 'This redirect URI is not registered.',
  invalid_client: 'The app cannot be used: it is disabled, suspended, or cannot authenticate here.',
});

type RefusalCardProps = { refusal: Refusal; client: OwnedClient };

/** One mistake: its reference, how often, what is nearest, and the way to set it right. */
export function RefusalCard({ refusal, client }: RefusalCardProps) {
  const { reference, error, description, redirectUri, hadQuery, times, lastAt } = refusal;
  const mismatch = error === 'invalid_redirect_uri' && redirectUri !== '';
  const closest = mismatch ? closestRedirectUri(redirectUri, client.redirectUris) : undefined;
  return (
    <li id={reference} className="rounded-card border border-line bg-surface p-4 target:border-accent">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-mono font-semibold">{reference}</h3>
        <p className="text-sm text-soft">
          {times === 1 ? 'Once' : `${times} times`}, last <Moment at={lastAt} />
        </p>
      </div>
      <p className="mt-2">{reasons(error) ?? `${error}: ${description}`}</p>
      {redirectUri && (
        <p className="mt-2 text-sm">
          <span className="text-soft">Asked for</span>{' '}
          <code className="font-mono [overflow-wrap:anywhere]">{redirectUri}</code>
          {hadQuery && <span className="text-soft"> with a query, which is not kept</span>}
        </p>
      )}
      {closest && <DifferenceList closest={closest} />}
      {mismatch && client.may.edit && hadQuery && (
        <p className="mt-4 text-sm">
          If it is yours, add it with its query under{' '}
          <Link href={`/clients/${client.clientId}/redirects`} className="link">
            Redirect URIs
          </Link>
          .
        </p>
      )}
      {mismatch && client.may.edit && !hadQuery && (
        <Remedy client={client} reference={reference} uri={redirectUri} closest={closest} />
      )}
    </li>
  );
}
