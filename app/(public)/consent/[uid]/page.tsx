import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { page } from '#app/page-answer';
import { PressOnce } from '#components/press-once';
import { addressIn } from '#lib/languages/index';
import { Access } from './access.tsx';
import { Account } from './account.tsx';
import { Decide } from './decide.tsx';
import { load } from './load.ts';
import { MembersOnly } from './members-only.tsx';
import { Over } from './over.tsx';
import { SignInFirst } from './sign-in-first.tsx';
import { StaysConnected } from './stays-connected.tsx';
import { Who } from './who.tsx';

export async function generateMetadata({ params }: PageProps<'/consent/[uid]'>): Promise<Metadata> {
  const { texts, request } = await load((await params).uid);
  const title = request ? texts.consent.title(request.client.name) : texts.consent.over.title;
  return { title, robots: { index: false } };
}

export default page(async function ConsentPage({ params }: PageProps<'/consent/[uid]'>) {
  const asked = await load((await params).uid);
  if (!asked.request) return <Over texts={asked.texts} />;
  const { uid, state } = asked.request;
  if (state === 'continue') redirect(`/consent/${uid}/continue`);
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-xl grow px-4 pt-6 pb-8 sm:px-6 sm:pt-12">
      <Who asked={asked} />
      {state === 'sign_in' && <SignInFirst asked={asked} />}
      {state === 'members_only' && <MembersOnly asked={asked} />}
      {state === 'ask' && (
        <PressOnce method="post" action={addressIn(asked.language, `/consent/${uid}/answer`)}>
          <Account asked={asked} />
          <Access asked={asked} />
          <StaysConnected how={asked.request.staysConnected} texts={asked.texts} />
          <Decide asked={asked} />
        </PressOnce>
      )}
    </main>
  );
});
