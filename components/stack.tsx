import type { ReactNode } from 'react';

/** The vertical layout of a form's fields. */
export const Stack = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-col gap-6 *:mb-0">{children}</div>
);

/** The row of a form's buttons. */
export const FormActions = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-3">{children}</div>
);
