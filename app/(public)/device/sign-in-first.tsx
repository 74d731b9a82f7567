import { Button, buttonClass } from '#components/button';
import { Notice } from '#components/notice';
import type { Texts } from '#lib/languages/index';
import { cancelDevice } from './actions.ts';
import { pageFor } from './load.ts';

type SignInFirstProps = { texts: Texts; typed: string; lang: string; problem: 'unknown' | 'tooMany' | undefined };

/** Nobody is signed in: who asks is shown after that; a no needs it not. */
export function SignInFirst({ texts, typed, lang, problem }: SignInFirstProps) {
  const words = texts.device.signIn;
  const back = encodeURIComponent(pageFor({ user_code: typed, lang }));
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
      <form action={cancelDevice.bind(null, typed, lang)} className="mt-8 grid grid-cols-2 gap-4">
        <Button type="submit" variant="secondary">
          {texts.consent.cancel}
        </Button>
        <a href={`/sign-in?callbackUrl=${back}`} className={buttonClass()}>
          {texts.consent.signIn.button}
        </a>
      </form>
    </>
  );
}
