import { page } from '#app/page-answer';
import { PortalRoot } from '#app/portal-root';
import { AccountMenu } from '#components/account-menu';
import { Icon } from '#components/icon';
import { Shell } from '#components/shell';
import { currentContext } from '#lib/portal/session';
import { findTheme } from '#lib/portal/theme';
import { getProfile } from '#lib/users/index';
import { chooseTheme, leave } from '../(owner)/actions.ts';
import { navigation } from './navigation.ts';

export { metadata, viewport } from '../metadata.ts';

/** The frame of the operator's pages. It checks nothing: each page does. Nobody else sees where they lead. */
const Frame = page(async function AdminFrame({ children }: LayoutProps<'/'>) {
  const ctx = await currentContext();
  const isOperator = ctx.actor.kind === 'person' && ctx.actor.isOperator;
  const person = ctx.actor.kind === 'person' ? await getProfile(ctx) : undefined;
  return (
    <Shell
      name="Clientele"
      part={isOperator ? 'Platform' : 'Developers'}
      home={isOperator ? '/admin' : '/clients'}
      groups={isOperator ? navigation : []}
      foot={
        <>
          <a href="/clients" className="nav-item">
            <Icon name="swap" />
            Developer portal
          </a>
          {person && (
            <AccountMenu name={person.name} theme={await findTheme()} chooseTheme={chooseTheme} signOut={leave} />
          )}
        </>
      }
    >
      {children}
    </Shell>
  );
});

export default function AdminLayout(props: LayoutProps<'/'>) {
  return (
    <PortalRoot>
      <Frame {...props} />
    </PortalRoot>
  );
}
