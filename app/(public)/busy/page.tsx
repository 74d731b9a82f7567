import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { DeadEnd } from '#components/dead-end';
import { SiteHeader } from '#components/site-header';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import { sayStatus } from '#lib/page-status';

/** An address that is empty is the one in the browser, with everything that was asked for there. */
const here = '';

const load = async () => textsIn(readLanguage((await headers()).get(languageHeader))).busy;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await load()).title, robots: { index: false } };
}

/** Shown under the address of the request that could not be answered just now: asking for that again is all there is to do. */
export default page(async function Busy({ searchParams }: PageProps<'/busy'>) {
  const { because } = await searchParams;
  const texts = await load();
  sayStatus(because === 'many' ? 429 : 503);
  return (
    <>
      <SiteHeader />
      <DeadEnd
        title={texts.title}
        ways={
          <a href={here} className={buttonClass('secondary')}>
            {texts.again}
          </a>
        }
      >
        <p>{because === 'many' ? texts.many : texts.text}</p>
      </DeadEnd>
    </>
  );
});
