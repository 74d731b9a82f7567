import { Field } from '#components/field';
import { SubmitButton } from '#components/submit-button';
import type { Texts } from '#lib/languages/index';
import { FocusWrong, KeepTyped } from './keep-typed.tsx';

type EnterProps = { texts: Texts; typed: string; lang: string; problem: 'unknown' | 'tooMany' | undefined };

/** The form for the code that the device shows. */
export function Enter({ texts: { device }, typed, lang, problem }: EnterProps) {
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">{device.title}</h1>
      <p className="mt-2 text-soft">{device.lead}</p>
      <KeepTyped />
      {problem && <FocusWrong />}
      <form method="get" action="/device" className="mt-8">
        {lang && <input type="hidden" name="lang" value={lang} />}
        <Field
          name="user_code"
          label={device.code}
          hint={device.hint}
          defaultValue={typed}
          errors={problem && [device[problem]]}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          required
          className="font-mono text-xl uppercase"
        />
        <div className="mt-6">
          <SubmitButton>{device.go}</SubmitButton>
        </div>
      </form>
    </>
  );
}
