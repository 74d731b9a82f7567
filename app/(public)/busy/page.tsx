import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { Unavailable } from '#app/not-served';
import { page } from '#app/page-answer';
import { SiteHeader } from '#components/site-header';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import { setPageStatus } from '#lib/portal/page-status';

export async function generateMetadata(): Promise<Metadata> {
  const { title } = textsIn(readLanguage((await headers()).get(languageHeader))).busy;
  return { title, robots: { index: false } };
}

/** Shown at the URL of a request that cannot be answered now. */
export default page(async function Busy({ searchParams }: PageProps<'/busy'>) {
  const { because, sent } = await searchParams;
  const isMany = because === 'many';
  setPageStatus(isMany ? 429 : 503);
  return (
    <>
      <SiteHeader />
      <Unavailable because={isMany ? 'many' : undefined} sent={sent === '1'} />
    </>
  );
});
