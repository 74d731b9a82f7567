import type { Metadata } from 'next';
import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';
import { Confirm } from './confirm.tsx';
import { Enter } from './enter.tsx';
import { loadRequest, loadTexts, placeOf } from './load.ts';
import { SignInFirst } from './sign-in-first.tsx';

type Props = PageProps<'/device'>;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const asked = await searchParams;
  const { device } = (await loadTexts(asked)).texts;
  const { title } = asked.done === 'allowed' || asked.done === 'cancelled' ? device[asked.done] : device;
  return { title, robots: { index: false } };
}

export default page(async function DevicePage({ searchParams }: Props) {
  const asked = await searchParams;
  const { texts, language, lang } = await loadTexts(asked);
  return (
    <LanguageFrame at={placeOf(asked)}>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-xl grow px-4 pt-6 sm:px-6 sm:pt-10">
        {await content()}
      </main>
    </LanguageFrame>
  );

  async function content() {
    if (asked.done === 'allowed' || asked.done === 'cancelled') return <Done {...texts.device[asked.done]} />;
    const { device, signIn, problem, typed } = await loadRequest(asked);
    const choose = asked.choose === '1';
    if (device) return <Confirm {...{ device, texts, language, lang, choose }} />;
    if (signIn) return <SignInFirst texts={texts} typed={typed} lang={lang} problem={problem} />;
    return <Enter texts={texts} typed={typed} lang={lang} problem={problem} />;
  }
});

const Done = ({ title, text }: { title: string; text: string }) => (
  <>
    <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
    <p className="mt-2 text-soft">{text}</p>
  </>
);
