import type { Metadata } from 'next';
import { NotFound } from '#app/not-served';
import { SiteHeader } from '#components/site-header';
import { setPageStatus } from '#lib/portal/page-status';

export const metadata: Metadata = { title: 'Not found' };

/** Answers every URL that belongs to no page: next.config.ts leads them here. */
export default function NoSuchPage() {
  setPageStatus(404);
  return (
    <>
      <SiteHeader />
      <NotFound />
    </>
  );
}
