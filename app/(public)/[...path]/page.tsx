import type { Metadata } from 'next';
import { NotFound } from '#app/not-served';
import { SiteHeader } from '#components/site-header';
import { setPageStatus } from '#lib/portal/page-status';

export const metadata: Metadata = { title: 'Not found' };

/** Answers every address that no other page has. With several root layouts, Next has no `not-found.tsx` for them. */
export default function NoSuchPage() {
  setPageStatus(404);
  return (
    <>
      <SiteHeader />
      <NotFound />
    </>
  );
}
