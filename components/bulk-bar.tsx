'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from './button.tsx';

type BulkBarProps = {
  /** The name of the boxes that are ticked row by row. */
  name: string;
  /** Buttons that act on what is ticked. */
  children: ReactNode;
};

/** At the foot of a form around a table, when rows are ticked; always there without JavaScript. */
export function BulkBar({ name, children }: BulkBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(0);
  useEffect(() => {
    const form = bar.current?.closest('form');
    if (!form) return;
    const update = () => setCount(new FormData(form).getAll(name).length);
    const later = () => setTimeout(update);
    update();
    form.addEventListener('change', update);
    form.addEventListener('reset', later);
    return () => {
      form.removeEventListener('change', update);
      form.removeEventListener('reset', later);
    };
  }, [name]);
  return (
    <>
      <span role="status" className="sr-only">
        {count > 0 && `${count} selected`}
      </span>
      <div ref={bar} className={count > 0 ? 'savebar' : 'savebar savebar-idle'}>
        <span aria-hidden="true" className="fill noscript:hidden">
          {count} selected
        </span>
        {children}
        <IconButton type="reset" icon="x" label="Clear selection" />
      </div>
    </>
  );
}
