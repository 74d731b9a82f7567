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

/** Shown after a cancellation without a sign-in, for a self-registered app: there is no redirect (rule A6). */
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
