import type { ReactNode } from 'react';

/** The rhythm of a form: its fields one below the other. */
export const Stack = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-col gap-6 *:mb-0">{children}</div>
);

/** Where the buttons of a form stand. */
export const FormActions = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-3">{children}</div>
);
