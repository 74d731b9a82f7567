'use client';

import './present.css';
import ErrorPage from './error-page.tsx';

/** Shown if the layout itself fails. */
export default function GlobalError(props: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Clientele</title>
        <div className="flex min-h-dvh flex-col">
          <ErrorPage {...props} />
        </div>
      </body>
    </html>
  );
}
