import { initials } from './client-logo.tsx';
import { Icon } from './icon.tsx';

/** Who is signed in, at the foot of the navigation; the menu is a popover, which needs no script. */
export function AccountMenu({ name, signOut }: { name: string; signOut: (form: FormData) => Promise<void> }) {
  return (
    <>
      <button type="button" popoverTarget="account" className="nav-item">
        <span aria-hidden="true" className="avatar">
          {initials(name)}
        </span>
        <span className="truncate">
          <span className="sr-only">Account of </span>
          {name}
        </span>
        <Icon name="updown" className="ml-auto" />
      </button>
      <div id="account" popover="auto" className="menu menu-account">
        <a href="/settings/profile" className="menu-item">
          <Icon name="user" />
          Profile
        </a>
        <a href="/settings/sessions" className="menu-item">
          <Icon name="lock" />
          Sessions
        </a>
        <hr />
        <form action={signOut}>
          <button type="submit" className="menu-item">
            <Icon name="out" />
            Sign out
          </button>
        </form>
      </div>
    </>
  );
}
