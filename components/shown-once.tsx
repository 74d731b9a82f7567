'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { useRouter } from 'next/navigation';
import { type ReactElement, type ReactNode, useState, useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import { Section } from './section.tsx';

type ShownOnceProps = {
  title: string;
  /** The URL of the page without the secret; the browser goes there when the dialog closes. */
  href: string;
  children: ReactNode;
};

const never = () => () => undefined;

/** Shows a value that must be stored now: in a dialog that only its button closes; without JavaScript in the page. */
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

type DialogProps = {
  title: ReactNode;
  children: ReactNode;
  /** A button that opens the dialog; without it, `open` decides. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Only its own buttons close the dialog, not Escape or a click outside. */
  firm?: boolean;
};

/** A modal dialog: it keeps the focus inside and returns it when it closes. */
function Dialog({ title, children, trigger, open, onOpenChange, firm = false }: DialogProps) {
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={firm}
      onOpenChange={(next, details) => {
        if (firm && !next && details.reason === 'escape-key') return details.cancel();
        onOpenChange?.(next);
      }}
    >
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 bg-[rgb(0_0_0/0.6)]" />
        <Base.Popup className="fixed top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-card border border-line bg-surface p-6 text-ink">
          <Base.Title className="mb-2 text-xl font-semibold">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
