import { Notice } from '#components/notice';
import { type OwnedClient, redirectSchemes } from '#lib/clients/index';
import { judgeRedirectUri, redirectContext, refusalsOf, splitUri } from '#lib/clients/rules';
import type { Closest } from '#lib/refusals/rules';
import { AcceptForm } from './accept-form.tsx';
import { acceptUri } from './actions.ts';

type RemedyProps = { client: OwnedClient; reference: string; uri: string; closest: Closest | undefined };

/** The way to register what was refused; where the rule book would not have it, why; and a warning where anybody may have asked. */
export function Remedy({ client, reference, uri, closest }: RemedyProps) {
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
