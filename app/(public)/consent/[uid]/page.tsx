import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { page } from '#app/page-answer';
import { AccountChoice } from '#components/account-choice';
import { PressOnce } from '#components/press-once';
import { ProblemPage } from '#components/problem-page';
import { addressIn, type Texts } from '#lib/languages/index';
import { setPageStatus } from '#lib/portal/page-status';
import { Access } from '../../access.tsx';
import { AnswerBar, answerForm } from '../../answer-bar.tsx';
import { permissionsOf } from '../../permissions.ts';
import { Stopped } from '../../stopped.tsx';
import { WayOn } from '../../way-on.tsx';
import { Decide } from './decide.tsx';
import { type Asked, load } from './load.ts';
import { MembersOnly } from './members-only.tsx';
import { signInAgain } from './sign-in-again.ts';
import { SignInFirst } from './sign-in-first.tsx';
import { StaysConnected } from './stays-connected.tsx';
import { Who } from './who.tsx';

/** Shown for a request that was answered, expired, or began in another browser. The cases look alike, so that nobody can probe for other people's requests. */
function Expired({ texts }: { texts: Texts }) {
  const { over } = texts.consent;
  setPageStatus(410);
  return (
    <ProblemPage title={over.title} ways={<WayOn texts={texts} />}>
      <p>{over.text}</p>
    </ProblemPage>
  );
}

const Account = ({ asked: { request, texts, language, person, organizations } }: { asked: Asked }) => (
  <AccountChoice
    words={texts.consent}
    person={person}
    organizations={organizations}
    before={request.organizationId}
    switchAt={signInAgain({ uid: request.uid }, language)}
  />
);

export async function generateMetadata({ params }: PageProps<'/consent/[uid]'>): Promise<Metadata> {
  const { texts, request } = await load((await params).uid);
  const title = request ? texts.consent.title(request.client.name) : texts.consent.over.title;
  return { title, robots: { index: false } };
}

export default page(async function ConsentPage({ params, searchParams }: PageProps<'/consent/[uid]'>) {
  const asked = await load((await params).uid);
  if (!asked.request) return <Expired texts={asked.texts} />;
  const { request, scopes, language, texts } = asked;
  const { uid, state, client, standing } = request;
  if (client.status !== 'active') return <Stopped client={client} texts={texts} />;
  if (state === 'continue') redirect(`/consent/${uid}/continue`);
  const permissions = permissionsOf(request.scopes, scopes, language);
  const choose = (await searchParams).choose === '1';
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-xl grow px-4 pt-6 sm:px-6 sm:pt-10">
      <Who asked={asked} />
      {state === 'sign_in' && <SignInFirst asked={asked} />}
      {state === 'members_only' && <MembersOnly asked={asked} />}
      {state === 'ask' && (
        <PressOnce
          method="post"
          action={addressIn(language, `/consent/${uid}/answer`)}
          sent={texts.consent.sent}
          className={answerForm}
        >
          <Account asked={asked} />
          <Access permissions={permissions} texts={texts} choose={choose} />
          <StaysConnected how={request.staysConnected} texts={texts} />
          <Decide asked={asked} />
          <AnswerBar standing={standing} permissions={permissions} texts={texts} />
        </PressOnce>
      )}
    </main>
  );
});
