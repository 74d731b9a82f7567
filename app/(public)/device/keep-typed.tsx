'use client';

import { useEffect } from 'react';

/** Adds the typed code to the links that change the language. Without scripts only a submitted code is kept. */
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

/** Focuses the invalid field, so that screen readers read its error. */
export function FocusWrong() {
  useEffect(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus(), []);
  return null;
}
