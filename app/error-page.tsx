'use client';

import { Button } from '#components/button';
import { ProblemPage } from '#components/problem-page';

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <ProblemPage code="500" title="Something went wrong on our side" ways={<Button onClick={retry}>Try again</Button>}>
      <p>The error was logged. What you typed may not have been saved: check before you do it again.</p>
      {error.digest && <p className="mt-2">Reference: {error.digest}</p>}
    </ProblemPage>
  );
}
