'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './button.tsx';

type DialogProps = {
  title: ReactNode;
  open: boolean;
  onClose: () => void;
  /** Only its own buttons close it: no ✕, no Escape, no click outside. */
  firm?: boolean;
  children: ReactNode;
  /** Its buttons. */
  foot?: ReactNode;
};

/** One decision. The browser's own dialog: the page behind rests, the focus stays inside and returns to where it came from. */
export function Dialog({ title, open, onClose, firm = false, children, foot }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="dialog"
      onClose={onClose}
      onCancel={(event) => firm && event.preventDefault()}
      onKeyDown={(event) => firm && event.key === 'Escape' && event.preventDefault()}
      onClick={(event) => !firm && event.target === event.currentTarget && onClose()}
    >
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        {!firm && <IconButton icon="x" label="Close" onClick={onClose} />}
      </div>
      <div className="dialog-body">{children}</div>
      {foot && <div className="dialog-foot">{foot}</div>}
    </dialog>
  );
}
