import Link from 'next/link';
import { buttonClass } from '#components/button';
import { DeadEnd } from '#components/dead-end';
import type { Texts } from '#lib/languages/index';
import { sayStatus } from '#lib/page-status';

/** Answered, too old, or begun elsewhere: nothing tells these apart, for whoever tries other people's. */
export function Over({ texts }: { texts: Texts }) {
  const { over } = texts.consent;
  sayStatus(410);
  return (
    <DeadEnd
      title={over.title}
      ways={
        <Link href="/" className={buttonClass('secondary')}>
          {over.home}
        </Link>
      }
    >
      <p>{over.text}</p>
    </DeadEnd>
  );
}
