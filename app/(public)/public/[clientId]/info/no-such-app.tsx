import Link from 'next/link';
import { buttonClass } from '#components/button';
import { DeadEnd } from '#components/dead-end';
import type { Texts } from '#lib/languages/index';

export function NoSuchApp({ texts: { noSuchApp } }: { texts: Texts }) {
  return (
    <DeadEnd
      code="404"
      title={noSuchApp.title}
      ways={
        <Link href="/" className={buttonClass('secondary')}>
          {noSuchApp.home}
        </Link>
      }
    >
      <p>{noSuchApp.text}</p>
    </DeadEnd>
  );
}
