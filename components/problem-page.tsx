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
    <main id="main" tabIndex={-1} className="problem">
      <div className="problem-box">
        {code && (
          <p aria-hidden="true" className="problem-code">
            {code}
          </p>
        )}
        {about}
        <h1>{title}</h1>
        <div className="mt-3 text-soft">{children}</div>
        <div className="mt-8 flex flex-wrap gap-3">{ways}</div>
      </div>
    </main>
  );
}
