import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClass } from '#components/button';
import { SiteHeader } from '#components/site-header';
import { SubmitButton } from '#components/submit-button';
import { currentContext } from '#lib/session';
import { leave } from './(owner)/actions.ts';

const links = [
  { href: '/clients', label: 'Apps' },
  { href: '/settings', label: 'Settings' },
  { href: '/docs/api', label: 'API' },
];

/**
 * The top of the portal's pages, for whoever asks for them: the ways of a person who is signed in, or the way in. Called, not rendered, so that
 * its errors are the page's.
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
    <SiteHeader home="/clients" links={actor.isOperator ? [...links, { href: '/admin', label: 'Operate' }] : links}>
      <form action={leave}>
        <SubmitButton variant="quiet" size="small">
          Sign out
        </SubmitButton>
      </form>
    </SiteHeader>
  );
}
