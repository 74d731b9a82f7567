import { Notice } from '#components/notice';
import type { OwnGrant } from '#lib/grants/index';

const halfAYearMs = 182 * 24 * 60 * 60 * 1000;

/** What nobody has used for half a year may be open for no reason. */
export function Unused({ grant: { lastUsedAt, createdAt } }: { grant: OwnGrant }) {
  if (Date.now() - (lastUsedAt ?? createdAt).getTime() < halfAYearMs) return null;
  return (
    <div className="mt-4">
      <Notice tone="warn">Not used for more than six months. If you are done with this app, revoke its access.</Notice>
    </div>
  );
}
