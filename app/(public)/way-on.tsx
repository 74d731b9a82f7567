import Link from 'next/link';
import { buttonClass } from '#components/button';
import type { Texts } from '#lib/languages/index';
import { currentContext } from '#lib/portal/session';

/** Where a person goes on who came for an app and does not reach it: to what they allowed, or nowhere. */
export async function WayOn({ texts: { ways } }: { texts: Texts }) {
  const { actor } = await currentContext();
  if (actor.kind !== 'person') return <p>{ways.close}</p>;
  return (
    <Link href="/settings/authorized-apps" className={buttonClass('secondary')}>
      {ways.apps}
    </Link>
  );
}
