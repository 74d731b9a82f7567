import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { page } from '#app/page-answer';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { callbackPath, currentContext } from '#lib/portal/session';
import { signUpState } from '#lib/users/index';
import { Asking } from '../asking.tsx';
import { SignUpForm } from './form.tsx';

export const metadata: Metadata = { title: 'Create an account' };

export default page(async function SignUpPage({ searchParams }: PageProps<'/sign-up'>) {
  const next = callbackPath((await searchParams).callbackUrl);
  const ctx = await currentContext();
  if (ctx.actor.kind === 'person') redirect(next);
  const state = await signUpState(ctx);
  return (
    <Page title="Create an account" width="narrow">
      {state === 'first' && (
        <div className="mb-6">
          <Notice tone="accent">This is the first account. It becomes the administrator’s account.</Notice>
        </div>
      )}
      {state === 'closed' ? (
        <Notice>The administrator creates new accounts. Ask them for one.</Notice>
      ) : (
        <>
          <Asking callbackUrl={next} />
          <SignUpForm callbackUrl={next} />
        </>
      )}
      {state !== 'first' && (
        <p className="mt-6 text-soft">
          Have an account?{' '}
          <Link href={`/sign-in?callbackUrl=${encodeURIComponent(next)}`} className="link">
            Sign in
          </Link>
        </p>
      )}
    </Page>
  );
});
