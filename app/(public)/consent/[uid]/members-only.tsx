import { Button, buttonClass } from '#components/button';
import { addressIn } from '#lib/languages/index';
import type { Asked } from './load.ts';
import { signInAgain } from './sign-in-again.ts';

/** The app is for members of one organization only, and the signed-in person is not a member. */
export function MembersOnly({ asked: { request, texts, language, person } }: { asked: Asked }) {
  const words = texts.consent.membersOnly;
  return (
    <section className="mt-8">
      <h2 className="text-xl font-semibold">{words.title}</h2>
      <p className="mt-2 [overflow-wrap:anywhere]">{words.text(request.client.publisher)}</p>
      <p className="mt-2 text-soft [overflow-wrap:anywhere]">
        {texts.consent.signedInAs} <bdi>{person?.email}</bdi>
      </p>
      <form
        method="post"
        action={addressIn(language, `/consent/${request.uid}/answer`)}
        className="mt-6 grid gap-4 sm:flex"
      >
        <a href={signInAgain({ uid: request.uid }, language)} className={buttonClass()}>
          {texts.consent.switchAccount}
        </a>
        <Button type="submit" name="decision" value="cancel" variant="secondary">
          {words.back}
        </Button>
      </form>
    </section>
  );
}
