import { page } from '#app/page-answer';
import { SiteHeader } from '#components/site-header';
import { SubmitButton } from '#components/submit-button';
import { currentContext } from '#lib/session';
import { leave } from './actions.ts';

const links = [
  { href: '/clients', label: 'Apps' },
  { href: '/settings', label: 'Settings' },
  { href: '/docs/api', label: 'API' },
];

/** The frame of everything that needs a sign-in. It checks nothing: each page does. */
export default page(async function OwnerLayout({ children }: LayoutProps<'/'>) {
  const { actor } = await currentContext();
  const operator = actor.kind === 'person' && actor.isOperator;
  return (
    <>
      <SiteHeader home="/clients" links={operator ? [...links, { href: '/admin', label: 'Operate' }] : links}>
        {actor.kind === 'person' && (
          <form action={leave}>
            <SubmitButton variant="quiet" size="small">
              Sign out
            </SubmitButton>
          </form>
        )}
      </SiteHeader>
      {children}
    </>
  );
});
