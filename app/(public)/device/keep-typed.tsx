'use client';

import { useEffect } from 'react';

/** A code that was typed and not sent yet goes along to another language; without scripts, one that was sent does. */
export function KeepTyped() {
  useEffect(() => {
    const keep = ({ target }: MouseEvent) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[hreflang]') : null;
      const field = document.querySelector<HTMLInputElement>('input[name="user_code"]');
      if (!link || !field || field.value === field.defaultValue) return;
      const address = new URL(link.href);
      address.searchParams.delete('user_code');
      address.searchParams.set('typed', field.value);
      link.href = address.href;
    };
    document.addEventListener('click', keep);
    return () => document.removeEventListener('click', keep);
  }, []);
  return null;
}

/** A field whose answer was wrong takes the focus: it is read with what is wrong, and typed anew. */
export function FocusWrong() {
  useEffect(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus(), []);
  return null;
}
