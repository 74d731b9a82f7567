import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';
import { ProblemPage } from '#components/problem-page';
import { notFound } from '#lib/kernel/errors';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import { setPageStatus } from '#lib/portal/page-status';
import { currentContext } from '#lib/portal/session';
import { findRefusal } from '#lib/refusals/index';
import { isReference } from '#lib/refusals/rules';
import { WayOn } from '../../way-on.tsx';

const load = async () => textsIn(readLanguage((await headers()).get(languageHeader)));

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await load()).refused.title, robots: { index: false } };
}

export default page(async function Refused({ params, searchParams }: PageProps<'/refused/[reference]'>) {
  const { reference } = await params;
  const { because } = await searchParams;
  // The page shows no text that a caller can choose.
  if (!isReference(reference)) throw notFound('Page');
  const all = await load();
  const texts = all.refused;
  setPageStatus(400);
  const refusal = await findRefusal(await currentContext(), reference);
  return (
    <LanguageFrame at={`/refused/${reference}${because === 'document' ? '?because=document' : ''}`}>
      <ProblemPage title={texts.title} ways={<WayOn texts={all} />}>
        <p>{because === 'document' ? texts.document : texts.text}</p>
        <p className="mt-4">
          {texts.reference}: <code className="font-mono whitespace-nowrap text-ink">{reference}</code>
        </p>
        {refusal && (
          <p className="mt-4">
            <Link href={`/clients/${refusal.clientId}/refusals#${reference}`} className="link tap">
              {texts.owner}
            </Link>
          </p>
        )}
      </ProblemPage>
    </LanguageFrame>
  );
});
