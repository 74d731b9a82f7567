import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { page } from '#app/page-answer';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { SubmitButton } from '#components/submit-button';
import { listProviders } from '#lib/identities/index';
import { tableOf } from '#lib/kernel/table';
import { callbackPath, currentContext } from '#lib/portal/session';
import { signUpState } from '#lib/users/index';
import { Asking } from '../asking.tsx';
import { SignInForm } from './form.tsx';
import { leaveFor } from './upstream-actions.ts';

/** A button for each provider of sign-ins. */
function Providers({ callbackUrl }: { callbackUrl: string }) {
  const providers = listProviders();
  if (providers.length === 0) return null;
  return (
    <form action={leaveFor} className="mt-8 flex flex-col gap-3 border-t border-line pt-8">
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      {providers.map(({ id, name }) => (
        <SubmitButton key={id} variant="secondary" name="provider" value={id}>
          Continue with {name}
        </SubmitButton>
      ))}
    </form>
  );
}

const mistakes = tableOf({
  forbidden: 'The administrator creates new accounts. Ask them for one.',
  conflict:
    'Your address has an account here already, and the other service has not verified it. Sign in with your password.',
  invalid_metadata: 'The other service gave us no usable e-mail address.',
  rate_limited: 'Too many accounts were created from your network. Try again in an hour.',
  expired: 'That took longer than ten minutes. Start again.',
});

export const metadata: Metadata = { title: 'Sign in' };

export default page(async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { callbackUrl, error, again, email } = await searchParams;
  const next = callbackPath(callbackUrl);
  const ctx = await currentContext();
  // With `again` an app requires a new sign-in, or the person wants another account.
  if (ctx.actor.kind === 'person' && again === undefined) redirect(next);
  const signUp = await signUpState(ctx);
  if (signUp === 'first' && listProviders().length === 0) redirect(`/sign-up?callbackUrl=${encodeURIComponent(next)}`);
  return (
    <Page title="Sign in" width="narrow">
      {error && (
        <div className="mb-6">
          <Notice tone="danger">{mistakes(error) ?? 'That did not work. Try again.'}</Notice>
        </div>
      )}
      <Asking callbackUrl={next} />
      <SignInForm callbackUrl={next} email={typeof email === 'string' ? email.slice(0, 254) : ''} />
      <Providers callbackUrl={next} />
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
});
