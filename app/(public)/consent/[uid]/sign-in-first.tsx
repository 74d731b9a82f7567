import { buttonClass } from '#components/button';
import type { Asked } from './load.ts';
import { signInAgain } from './sign-in-again.ts';

/** Nobody is signed in, or the app wants fresh proof of who it is. */
export function SignInFirst({ asked: { request, texts, language, person } }: { asked: Asked }) {
  const words = texts.consent.signIn;
  return (
    <section className="mt-8">
      <h2 className="font-semibold">{words.title}</h2>
      <p className="mt-2 text-soft">{person ? words.again : words.text}</p>
      {person && (
        <p className="mt-2 [overflow-wrap:anywhere]">
          <span className="text-soft">{texts.consent.signedInAs}</span> <bdi className="font-medium">{person.name}</bdi>
          <bdi className="block">{person.email}</bdi>
        </p>
      )}
      <a href={signInAgain(request, language)} className={`${buttonClass()} mt-6`}>
        {words.button}
      </a>
    </section>
  );
}
