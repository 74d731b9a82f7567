import type { Metadata } from 'next';
import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';
import { Button, buttonClass } from '#components/button';
import { Notice } from '#components/notice';
import { PressOnce } from '#components/press-once';
import { devicePage } from '#lib/devices/index';
import { addressIn, type Texts } from '#lib/languages/index';
import { Confirm } from './confirm.tsx';
import { Enter } from './enter.tsx';
import { loadRequest, loadTexts, placeOf } from './load.ts';

type SignInFirstProps = { texts: Texts; typed: string; lang: string; problem: 'unknown' | 'tooMany' | undefined };

/** Nobody is signed in: the app is shown after the sign-in. Cancel needs no sign-in. */
function SignInFirst({ texts, typed, lang, problem }: SignInFirstProps) {
  const words = texts.device.signIn;
  const back = encodeURIComponent(devicePage({ user_code: typed, lang }));
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">{words.title}</h1>
      {problem && (
        <div role="alert" className="mt-4">
          <Notice tone="danger">{texts.device[problem]}</Notice>
        </div>
      )}
      <p className="mt-2 text-soft">{words.text}</p>
      <p className="mt-6">
        <span className="block text-sm text-soft">{texts.device.compare}</span>
        <bdi className="block font-mono text-3xl font-semibold tracking-widest [overflow-wrap:anywhere]">{typed}</bdi>
      </p>
      <PressOnce method="post" action={addressIn(lang, '/device/answer')} className="mt-8 grid grid-cols-2 gap-4">
        <input type="hidden" name="user_code" value={typed} />
        <Button type="submit" name="decision" value="cancel" variant="secondary">
          {texts.consent.cancel}
        </Button>
        <a href={`/sign-in?callbackUrl=${back}`} className={buttonClass()}>
          {texts.consent.signIn.button}
        </a>
      </PressOnce>
    </>
  );
}

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
