import { Moment } from '#components/moment';
import { Notice } from '#components/notice';
import { findSuspension, type OwnedClient } from '#lib/clients/index';
import type { Context } from '#lib/kernel/context';

/** Shown for an app that gets no tokens: the reason, and who can change it. */
export async function StoppedNotice({ ctx, client }: { ctx: Context; client: OwnedClient }) {
  if (client.status === 'active') return null;
  if (client.status === 'disabled')
    return (
      <div className="mb-6">
        <Notice tone="warn">
          This app is switched off: its credentials are refused until someone switches it on again.
        </Notice>
      </div>
    );
  const suspension = await findSuspension(ctx, client.clientId);
  return (
    <div className="mb-6">
      <Notice tone="danger">
        <p>
          The operator suspended this app
          {suspension && (
            <>
              {' '}
              on <Moment at={suspension.at} />
            </>
          )}
          : it gets no tokens until the operator lifts that.
        </p>
        <p className="mt-1 whitespace-pre-line [overflow-wrap:anywhere]">
          {suspension?.reason ? (
            <>
              Reason: <bdi>{suspension.reason}</bdi>
            </>
          ) : (
            'No reason was given. Ask the operator.'
          )}
        </p>
      </Notice>
    </div>
  );
}
