'use client';

import './globals.css';
import ErrorPage from './error.tsx';

/** The last resort, when not even the layout can be shown. */
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
