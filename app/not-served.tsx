import { headers } from 'next/headers';
import Link from 'next/link';
import { Button, buttonClass } from '#components/button';
import { ProblemPage } from '#components/problem-page';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';

// A form without `action` requests the current page again, also without JavaScript.
const again = (
  <form>
    <Button type="submit">Try again</Button>
  </form>
);

/** The 404 page, for use inside another page’s frame. */
export function NotFound() {
  return (
    <ProblemPage
      code="404"
      title="Page not found"
      ways={
        <>
          <Link href="/clients" className={buttonClass()}>
            Your apps
          </Link>
          <Link href="/" className={buttonClass('secondary')}>
            Start page
          </Link>
        </>
      }
    >
      <p>The address may be mistyped, the page may be gone, or it may belong to somebody else.</p>
    </ProblemPage>
  );
}

/** The 500 page for an unexpected error; its reference is in the log. */
export function Failed({ reference }: { reference: string | null }) {
  return (
    <ProblemPage code="500" title="Something went wrong on our side" ways={again}>
      <p>The error was logged. What you typed may not have been saved: check before you do it again.</p>
      {reference && <p className="mt-2 [overflow-wrap:anywhere]">Reference: {reference}</p>}
    </ProblemPage>
  );
}

/** An empty URL is the current one, with its query. */
const here = '';

type UnavailableProps = {
  /** `many`: the 429 page, for a network that sent too many requests. */
  because?: 'many' | undefined;
  /** The page answers a form: a link to it would lose the sent values. */
  sent?: boolean;
};

/** The 503 page, in the language of the page that it replaces. */
export async function Unavailable({ because, sent = false }: UnavailableProps) {
  const texts = textsIn(readLanguage((await headers()).get(languageHeader))).busy;
  const ways = !sent && (
    <a href={here} className={buttonClass('secondary')}>
      {texts.again}
    </a>
  );
  return (
    <ProblemPage title={texts.title} ways={ways}>
      <p>{because === 'many' ? texts.many : sent ? texts.sent : texts.text}</p>
    </ProblemPage>
  );
}
