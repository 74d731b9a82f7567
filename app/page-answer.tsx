import '#server-only';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { unstable_rethrow } from 'next/navigation';
import type { ReactNode } from 'react';
import { buttonClass } from '#components/button';
import { ProblemPage } from '#components/problem-page';
import { reportError } from '#lib/kernel/log';
import { type ProblemStatus, problemStatusOf, setPageStatus, wasNotKept } from '#lib/portal/page-status';
import { Failed, NotFound, Unavailable } from './not-served.tsx';

const titles: Record<ProblemStatus, string> = {
  403: 'Not allowed',
  404: 'Not found',
  500: 'Something went wrong',
  503: 'Just a moment',
};

/**
 * Wraps a page or layout: an error becomes a page with its status, also without JavaScript. `not_found` is the 404 page, `forbidden` the
 * 403 page (docs/decisions/0009).
 */
export const page =
  <Props,>(render: (props: Props) => Promise<ReactNode>) =>
  async (props: Props): Promise<ReactNode> => {
    try {
      return await render(props);
    } catch (error) {
      return renderProblem(error);
    }
  };

/** The title of a `page` that is read from the database; after an error, the title of the error page. */
export const pageTitle =
  <Props,>(read: (props: Props) => Promise<string>) =>
  async (props: Props): Promise<Metadata> => {
    try {
      return { title: await read(props) };
    } catch (error) {
      unstable_rethrow(error);
      return { title: titles[problemStatusOf(error)] };
    }
  };

async function renderProblem(error: unknown): Promise<ReactNode> {
  unstable_rethrow(error); // Next.js throws redirects
  const status = problemStatusOf(error);
  setPageStatus(status);
  switch (status) {
    case 404:
      return <NotFound />;
    case 403:
      return <NotAllowed because={(error as Error).message} />;
    case 503:
      return <Unavailable sent={wasNotKept()} />;
    case 500: {
      const requestId = (await headers()).get('x-request-id');
      reportError(requestId ?? 'unknown', error);
      return <Failed reference={requestId} />;
    }
  }
}

function NotAllowed({ because }: { because: string }) {
  return (
    <ProblemPage
      code="403"
      title="Your role does not allow this"
      ways={
        <Link href="/clients" className={buttonClass()}>
          Your apps
        </Link>
      }
    >
      <p>{because}</p>
      <p className="mt-2">An owner or administrator of the organization can do it, or can give you the role for it.</p>
    </ProblemPage>
  );
}
