import Link from 'next/link';
import { Moment } from '#components/moment';
import { Notice } from '#components/notice';
import { type OwnedClient, redirectSchemes } from '#lib/clients/index';
import { judgeRedirectUri, redirectContext, refusalsOf, splitUri } from '#lib/clients/rules';
import type { Refusal } from '#lib/refusals/index';
import { type Closest, closestRedirectUri } from '#lib/refusals/rules';
import { AcceptForm } from './accept-form.tsx';
import { acceptUri } from './actions.ts';
import { DifferenceList } from './difference-list.tsx';
import { endpointWords, placeWords, reasonWords } from './reason-words.ts';

type RefusalCardProps = { refusal: Refusal; client: OwnedClient };

/** One refused request: the sent value, the registered values, and how to fix it. */
export function RefusalCard({ refusal, client }: RefusalCardProps) {
  const { reference, reason, redirectUri, hadQuery, isRest, lastAt } = refusal;
  const { title, remedy, at, registered } = reasonWords[reason];
  const mismatch = reason === 'redirect_uri' && redirectUri !== '' && !isRest;
  const closest = mismatch ? closestRedirectUri(redirectUri, client.redirectUris) : undefined;
  return (
    <li id={reference} className="rounded-card border border-line bg-surface p-4 target:border-accent">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold">{title}</h3>
        <p className="text-sm text-soft">
          {timesOf(refusal)}, last <Moment at={lastAt} />
        </p>
      </div>
      <dl className="mt-2 space-y-1 text-sm">
        <Row name="Endpoint" values={[endpointWords[refusal.endpoint]]} />
        <Row name="Answer" values={[answerOf(refusal)]} />
        <Row name="Sent" values={[redirectUri + (hadQuery ? '?…' : '') || refusal.asked]} />
        {!mismatch && <Row name="Registered" values={registered?.(client) ?? []} none={registered && 'none'} />}
        <Row name="Reference" values={[reference]} />
      </dl>
      {closest && <DifferenceList closest={closest} />}
      {!mismatch && <p className="mt-3 text-sm">{remedy}</p>}
      {!mismatch && at && (
        <p className="mt-2 text-sm">
          <Link href={`/clients/${client.clientId}${at}`} className="link">
            {placeWords[at]}
          </Link>
        </p>
      )}
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

const answerOf = ({ error, description }: Refusal): string => [error, description].filter(Boolean).join(': ');

function timesOf({ times, isRest }: Refusal): string {
  const counted = times === 1 ? 'Once' : `${times} times`;
  return isRest ? `${counted} in other forms` : counted;
}

type RowProps = { name: string; values: readonly string[]; none?: string | undefined };

function Row({ name, values, none }: RowProps) {
  const shown = values.filter(Boolean);
  if (shown.length === 0 && !none) return null;
  return (
    <div className="gap-x-2 sm:flex">
      <dt className="w-24 shrink-0 text-soft">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        {shown.length > 0 ? <bdi className="font-mono">{shown.join(' ')}</bdi> : none}
      </dd>
    </div>
  );
}

type RemedyProps = { client: OwnedClient; reference: string; uri: string; closest: Closest | undefined };

/** The form that registers the refused value; or the rule that forbids it; with a warning, because a stranger may have sent the request. */
function Remedy({ client, reference, uri, closest }: RemedyProps) {
  const [refused] = refusalsOf(
    judgeRedirectUri(uri, redirectContext({ ...client, allowedSchemes: redirectSchemes() })),
  );
  if (refused)
    return <p className="mt-4 text-sm [overflow-wrap:anywhere]">It cannot be registered: {refused.message}</p>;
  const elsewhere = closest?.differences.some(({ part }) => part === 'host') ?? true;
  return (
    <>
      {elsewhere && (
        <div className="mt-4 text-sm">
          <Notice tone="warn">
            Anybody can cause such a request. Add this only if{' '}
            <bdi className="font-mono font-semibold [overflow-wrap:anywhere]">{splitUri(uri)?.host || uri}</bdi> is
            yours: the app’s codes would go there.
          </Notice>
        </div>
      )}
      <AcceptForm action={acceptUri.bind(null, client.clientId)} reference={reference} uri={uri} />
    </>
  );
}
