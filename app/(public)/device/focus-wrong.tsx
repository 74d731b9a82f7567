'use client';

import { useEffect } from 'react';

/** A field whose answer was wrong takes the focus: it is read with what is wrong, and typed anew. */
export function FocusWrong() {
  useEffect(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus(), []);
  return null;
}
