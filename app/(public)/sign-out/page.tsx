import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';
import { Button, buttonClass } from '#components/button';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { addressIn, languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import { currentContext } from '#lib/portal/session';
import { endSessionPurpose, openNote } from '#lib/portal/session-cookie';
import { findPublicClient, inLanguage } from '#lib/public-info/index';

const language = async () => readLanguage((await headers()).get(languageHeader));

export async function generateMetadata(): Promise<Metadata> {
  return { title: textsIn(await language()).signOut.title, robots: { index: false } };
}

/** Asks the person whether to sign out, as an app requests. If nobody is signed in, it says so. */
export default page(async function SignOut({ searchParams }: PageProps<'/sign-out'>) {
  const { note } = await searchParams;
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
  const asked = (await openNote(note, endSessionPurpose)) ?? {};
  const client = typeof asked.clientId === 'string' ? await findPublicClient(ctx.db, asked.clientId) : undefined;
  const host = typeof asked.leadsTo === 'string' ? new URL(asked.leadsTo).host : undefined;
  return (
    <LanguageFrame at={`/sign-out?${new URLSearchParams({ note })}`}>
      <Page
        title={texts.title}
        lead={client ? texts.asks(inLanguage(client, chosen).name) : texts.asksUnnamed}
        width="narrow"
      >
        <p>{texts.text}</p>
        {host && <p className="mt-4 [overflow-wrap:anywhere]">{texts.afterwards(host)}</p>}
        {asked.refused === 'true' && (
          <div className="mt-4">
            <Notice tone="warn">{texts.notUsed}</Notice>
          </div>
        )}
        <form
          method="post"
          action={addressIn(chosen, '/oauth/end-session/answer')}
          className="mt-8 grid grid-cols-2 gap-4"
        >
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
