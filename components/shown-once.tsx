'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Section } from './section.tsx';

type ShownOnceProps = {
  title: string;
  /** The page without what is shown; the dialog leaves it behind when it closes. */
  href: string;
  children: ReactNode;
};

const never = () => () => undefined;

/** Something to store now: in a dialog that only its own button closes; without JavaScript, in the page. */
export function ShownOnce({ title, href, children }: ShownOnceProps) {
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [stored, setStored] = useState(false);
  const router = useRouter();
  if (stored) return null;
  if (!scripted) return <Section title={title}>{children}</Section>;
  const close = () => {
    setStored(true);
    router.replace(href, { scroll: false });
  };
  return (
    <Dialog title={title} open firm>
      {children}
      <Button className="mt-6 w-full" onClick={close}>
        I have stored it
      </Button>
    </Dialog>
  );
}
