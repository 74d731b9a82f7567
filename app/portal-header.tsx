import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClass } from '#components/button';
import { SiteHeader } from '#components/site-header';
import { SubmitButton } from '#components/submit-button';
import { currentContext } from '#lib/portal/session';
import { leave } from './(owner)/actions.ts';

const links = [
  { href: '/clients', label: 'Apps' },
  { href: '/settings', label: 'Settings' },
  { href: '/docs/api', label: 'API' },
];

/**
 * The header of the portal's pages: the navigation of a person who is signed in, or the link to sign in. Pages call it instead of rendering
 * it, so that an error in it is an error of the page.
 */
export async function portalHeader(): Promise<ReactNode> {
  const { actor } = await currentContext();
  if (actor.kind !== 'person')
    return (
      <SiteHeader>
        <Link href="/docs/api" className={buttonClass('quiet')}>
          API
        </Link>
        <Link href="/sign-in" className={buttonClass('quiet')}>
          Sign in
        </Link>
      </SiteHeader>
    );
  return (
    <SiteHeader home="/clients" links={actor.isOperator ? [...links, { href: '/admin', label: 'Operator' }] : links}>
      <form action={leave}>
        <SubmitButton variant="quiet" size="small">
          Sign out
        </SubmitButton>
      </form>
    </SiteHeader>
  );
}
