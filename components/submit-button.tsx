'use client';

import type { ComponentProps } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from './button.tsx';

/** While its form is being sent, the button shows that and takes no second click. */
export function SubmitButton({ children, ...rest }: Omit<ComponentProps<typeof Button>, 'type'>) {
  const { pending } = useFormStatus();
  return (
    <Button {...rest} type="submit" disabled={pending || rest.disabled} aria-busy={pending || undefined}>
      {children}
      {pending && <span aria-hidden="true">…</span>}
    </Button>
  );
}
