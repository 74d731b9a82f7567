import type { ReactNode } from 'react';

/** A page about a problem: what happened, and where to go. */
export function ProblemPage({
  code,
  about,
  title,
  children,
  ways,
}: {
  /** The HTTP status, on pages for developers. */
  code?: string;
  /** The subject, above the title. */
  about?: ReactNode;
  title: string;
  children: ReactNode;
  ways: ReactNode;
}) {
  return (
    <main id="main" tabIndex={-1} className="mx-auto flex w-full max-w-xl grow flex-col justify-center px-6 py-16">
      {code && (
        <p aria-hidden="true" className="mb-4 font-mono text-6xl font-semibold text-accent">
          {code}
        </p>
      )}
      {about}
      <h1 className="text-3xl font-semibold text-balance">{title}</h1>
      <div className="mt-3 text-soft">{children}</div>
      <div className="mt-8 flex flex-wrap gap-3">{ways}</div>
    </main>
  );
}
