'use client';

import { useEffect, useRef } from 'react';
import type { FormState } from '#lib/portal/forms';
import { Notice } from './notice.tsx';

const firstWrong = '[aria-invalid="true"], fieldset[data-invalid] :is(input, button)';

/** The result of a form, above its fields. It focuses the first invalid field. */
export function FormMessage({ state }: { state: FormState }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status !== 'invalid') return;
    box.current?.closest('form')?.querySelector<HTMLElement>(firstWrong)?.focus();
  }, [state]);
  return (
    <div ref={box} aria-live="polite" className="mb-6 empty:absolute">
      {state.status === 'saved' && <Notice tone="good">{state.message}</Notice>}
      {state.status === 'refused' && <Notice tone="danger">{state.message}</Notice>}
      {state.status === 'invalid' && (
        <Notice tone="danger">
          <p className="font-medium">Nothing was saved. Please look at these again:</p>
          <ul className="mt-1 list-disc pl-5 [overflow-wrap:anywhere]">
            {[...new Set(Object.values(state.fields).flat())].map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}
