import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { cache } from 'react';
import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';
import { notFound } from '#lib/kernel/errors';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import { currentContext } from '#lib/portal/session';
import { findPublicClient, inLanguage } from '#lib/public-info/index';
import { Stopped } from '../../stopped.tsx';

type Props = PageProps<'/stopped/[clientId]'>;

const load = cache(async (clientId: string) => {
  const language = readLanguage((await headers()).get(languageHeader));
  const client = await findPublicClient((await currentContext()).db, clientId);
  return { texts: textsIn(language), client: client && inLanguage(client, language) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { texts, client } = await load((await params).clientId);
  const words = client?.status === 'suspended' ? texts.stopped.suspended : texts.stopped.disabled;
  return { title: words.title, robots: { index: false } };
}

/** Shown at the URL of the app's authorization request. */
export default page(async function StoppedPage({ params }: Props) {
  const { texts, client } = await load((await params).clientId);
  if (!client || client.status === 'active') throw notFound('Page');
  return (
    <LanguageFrame at={`/stopped/${client.clientId}`}>
      <Stopped client={client} texts={texts} />
    </LanguageFrame>
  );
});
