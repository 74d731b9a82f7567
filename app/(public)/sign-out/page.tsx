import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';
import { Button, buttonClass } from '#components/button';
import { Page } from '#components/page';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import { findPublicClient, inLanguage } from '#lib/public-info/index';
import { currentContext } from '#lib/session';

const language = async () => readLanguage((await headers()).get(languageHeader));

export async function generateMetadata(): Promise<Metadata> {
  return { title: textsIn(await language()).signOut.title, robots: { index: false } };
}

/** An app asks that the person be signed out; nobody signed in: it is done. */
export default page(async function SignOut({ searchParams }: PageProps<'/sign-out'>) {
  const { note, app } = await searchParams;
  const [ctx, chosen] = await Promise.all([currentContext(), language()]);
  const texts = textsIn(chosen).signOut;
  if (ctx.actor.kind !== 'person' || typeof note !== 'string') {
    return (
      <LanguageFrame at="/sign-out">
        <Page title={texts.done} lead={texts.doneText} width="narrow">
          <Link href="/" className={buttonClass('secondary')}>
            {texts.home}
          </Link>
        </Page>
      </LanguageFrame>
    );
  }
  const client = typeof app === 'string' ? await findPublicClient(ctx.db, app) : undefined;
  return (
    <LanguageFrame at={`/sign-out?${new URLSearchParams({ note, app: client?.clientId ?? '' })}`}>
      <Page title={texts.title} lead={client && texts.asks(inLanguage(client, chosen).name)} width="narrow">
        <p>{texts.text}</p>
        <form method="post" action="/oauth/end-session/answer" className="mt-8 grid grid-cols-2 gap-4">
          <input type="hidden" name="note" value={note} />
          <Button type="submit" name="decision" value="stay" variant="secondary">
            {texts.stay}
          </Button>
          <Button type="submit" name="decision" value="leave" variant="secondary">
            {texts.leave}
          </Button>
        </form>
      </Page>
    </LanguageFrame>
  );
});
