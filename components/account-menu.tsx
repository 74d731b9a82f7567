import { initials } from './client-logo.tsx';
import { Icon } from './icon.tsx';

type AccountMenuProps = {
  name: string;
  /** The chosen colour scheme; the system's if it is left out. */
  theme?: 'light' | 'dark' | undefined;
  chooseTheme: (form: FormData) => Promise<void>;
  signOut: (form: FormData) => Promise<void>;
};

const themes = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Who is signed in, at the foot of the navigation; the menu is a popover, which needs no script. */
export function AccountMenu({ name, theme, chooseTheme, signOut }: AccountMenuProps) {
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
        <form action={chooseTheme} className="p-1.5">
          <fieldset className="segmented">
            <legend className="sr-only">Colour scheme</legend>
            {themes.map(([value, label]) => (
              <button
                key={value}
                type="submit"
                name="theme"
                value={value}
                aria-pressed={value === (theme ?? 'system')}
                className="flex-1"
              >
                {label}
              </button>
            ))}
          </fieldset>
        </form>
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
