import Link from 'next/link';
import { buttonClass } from '#components/button';
import { DeadEnd } from '#components/dead-end';

export function NotAllowed({ because }: { because: string }) {
  return (
    <DeadEnd
      code="403"
      title="Your role does not reach this far"
      ways={
        <Link href="/clients" className={buttonClass()}>
          Your apps
        </Link>
      }
    >
      <p>{because}</p>
      <p className="mt-2">An owner or administrator of the organization can do it, or can give you the role for it.</p>
    </DeadEnd>
  );
}
