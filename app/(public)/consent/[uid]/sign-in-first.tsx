import { Button, buttonClass } from '#components/button';
import { addressIn } from '#lib/languages/index';
import type { Asked } from './load.ts';
import { signInAgain } from './sign-in-again.ts';

/** Nobody is signed in, or the app requires a new sign-in. Cancel needs neither. */
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
      <form
        method="post"
        action={addressIn(language, `/consent/${request.uid}/answer`)}
        className="mt-6 grid grid-cols-2 gap-4"
      >
        <Button type="submit" name="decision" value="cancel" variant="secondary">
          {texts.consent.cancel}
        </Button>
        <a href={signInAgain(request, language)} className={buttonClass()}>
          {words.button}
        </a>
      </form>
    </section>
  );
}
