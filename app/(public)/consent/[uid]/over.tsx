import { DeadEnd } from '#components/dead-end';
import type { Texts } from '#lib/languages/index';
import { sayStatus } from '#lib/page-status';
import { WayOn } from '../../way-on.tsx';

/** Answered, too old, or begun elsewhere: nothing tells these apart, for whoever tries other people's. */
export function Over({ texts }: { texts: Texts }) {
  const { over } = texts.consent;
  sayStatus(410);
  return (
    <DeadEnd title={over.title} ways={<WayOn texts={texts} />}>
      <p>{over.text}</p>
    </DeadEnd>
  );
}
