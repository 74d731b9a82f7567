import { headers } from 'next/headers';
import { Button, buttonClass } from '#components/button';
import { ProblemPage } from '#components/problem-page';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';

// A form without an address asks for the page itself, also without JavaScript.
const again = (
  <form>
    <Button type="submit">Try again</Button>
  </form>
);

/** The 500 page: an error that nobody foresaw, found in the log under its reference. */
export function Failed({ reference }: { reference: string | null }) {
  return (
    <ProblemPage code="500" title="Something went wrong on our side" ways={again}>
      <p>It has been written down. What you typed may not have been saved: look before you do it again.</p>
      {reference && <p className="mt-2 [overflow-wrap:anywhere]">Reference: {reference}</p>}
    </ProblemPage>
  );
}

/** An address that is empty is the one in the browser, with everything that was asked for there. */
const here = '';

type UnavailableProps = {
  /** It is the 429 page: too much was asked for from where the reader is. */
  because?: 'many' | undefined;
  /** It answers a form: asking for the page once more would lose what was sent. */
  sent?: boolean;
};

/** The 503 page, in the language of the page it stands for. */
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
