import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { callbackPath, currentContext } from '#lib/session';
import { signUpState } from '#lib/users/index';
import { SignInForm } from './form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { callbackUrl, error } = await searchParams;
  const next = callbackPath(callbackUrl);
  const ctx = await currentContext();
  if (ctx.actor.kind === 'person') redirect(next);
  const signUp = await signUpState(ctx);
  if (signUp === 'first') redirect(`/sign-up?callbackUrl=${encodeURIComponent(next)}`);
  return (
    <Page title="Sign in" width="narrow">
      {error && (
        <div className="mb-6">
          <Notice tone="danger">That did not work. Please try again.</Notice>
        </div>
      )}
      <SignInForm callbackUrl={next} />
      <p className="mt-6 text-soft">
        <Link href="/forgot-password" className="link">
          Forgotten password?
        </Link>
      </p>
      {signUp === 'open' && (
        <p className="mt-2 text-soft">
          No account yet?{' '}
          <Link href={`/sign-up?callbackUrl=${encodeURIComponent(next)}`} className="link">
            Create one
          </Link>
        </p>
      )}
    </Page>
  );
}
