'use client';

import type { ComponentProps } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from './button.tsx';

/** Says that it is at work, and takes no second click, while its form is on the way. */
export function SubmitButton({ children, ...rest }: Omit<ComponentProps<typeof Button>, 'type'>) {
  const { pending } = useFormStatus();
  return (
    <Button {...rest} type="submit" disabled={pending || rest.disabled} aria-busy={pending || undefined}>
      {children}
      {pending && <span aria-hidden="true">…</span>}
    </Button>
  );
}
