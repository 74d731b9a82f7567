import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';
import { ProblemPage } from '#components/problem-page';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import { WayOn } from '../way-on.tsx';

const load = async () => textsIn(readLanguage((await headers()).get(languageHeader)));

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await load()).cancelled.title, robots: { index: false } };
}

/** A no from somebody who has not signed in, to an app that registered itself (rule A6). */
export default page(async function Cancelled() {
  const texts = await load();
  return (
    <LanguageFrame at="/cancelled">
      <ProblemPage title={texts.cancelled.title} ways={<WayOn texts={texts} />}>
        <p>{texts.cancelled.text}</p>
      </ProblemPage>
    </LanguageFrame>
  );
});
